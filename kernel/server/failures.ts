import { type Failure, failureText, UserError } from "../notebook/errors.ts";

export type FailureStatus = 400 | 404 | 409 | 413 | 500 | 507;

/** A user's mistake with the HTTP status that says it best. */
export class RequestError extends UserError {
  readonly status: FailureStatus;
  constructor(status: FailureStatus, message: string, remedy?: string) {
    super({ kind: "input", message, ...(remedy === undefined ? {} : { remedy }) });
    this.status = status;
  }
}

/** `notFound('notebook "coffe.html"')` */
export function notFound(what: string, remedy?: string): RequestError {
  return new RequestError(404, `${what} not found`, remedy);
}

/** The answer to a thrown thing: the user's mistakes as they are; bugs logged with their stack, told without it. */
export function failureResponse(thrown: unknown): Response {
  if (thrown instanceof RequestError) return failed(thrown.status, thrown.failure);
  if (thrown instanceof UserError) return failed(400, thrown.failure);
  console.error(thrown);
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return failed(500, { kind: "internal", message, remedy: "see the terminal for details" });
}

export function failed(status: number, failure: Failure): Response {
  // The rest of a body that is too large is not read, so the connection is of no more use.
  return Response.json(
    { failure },
    { status, ...(status === 413 ? { headers: { connection: "close" } } : {}) },
  );
}

/** A small page for people whose browser was refused. */
export function refusalPage(status: number, failure: Failure): Response {
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Percolate</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:20vh auto;padding:0 1rem;color:#222}</style>
<h1>Percolate</h1><p>${escapeHtml(sentence(failure))}</p></html>`;
  return new Response(html, { status, headers: { "content-type": "text/html; charset=utf-8" } });
}

function sentence(failure: Failure): string {
  const text = failureText(failure);
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
