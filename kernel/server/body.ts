import type { z } from "zod";
import { RequestError } from "./failures.ts";
import type { RequestContext } from "./route.ts";

const maxBytes = 4 * 1024 * 1024;

/**
 * The JSON body of a request, checked.
 * @throws RequestError 413 above 4 MB, 400 when it is not JSON or not as the schema says.
 */
export async function readBody<T>(context: RequestContext, schema: z.ZodType<T>): Promise<T> {
  const text = await readText(context);
  return checked(parse(text), schema, "the request's body");
}

/** The query of a request, checked. */
export function readQuery<T>(context: RequestContext, schema: z.ZodType<T>): T {
  return checked(context.req.query(), schema, "the request's query");
}

async function readText(context: RequestContext): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of context.req.raw.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw new RequestError(413, `the request's body is larger than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new RequestError(400, `the request's body is not JSON: ${(error as Error).message}`);
  }
}

function checked<T>(value: unknown, schema: z.ZodType<T>, what: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const place = issue?.path.length ? ` at "${issue.path.join(".")}"` : "";
  throw new RequestError(400, `${what} is not as expected${place}: ${issue?.message ?? "invalid"}`);
}
