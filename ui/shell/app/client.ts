import type {
  Crawl,
  FileList,
  FilePreview,
  Folder,
  Home,
  ReportAnswer,
  Sample,
  SavedSnippet,
  Session,
} from "../../../kernel/notebook/api.ts";
import type { Cell } from "../../../kernel/notebook/document/notebook.ts";
import { type Failure, UserError } from "../../../kernel/notebook/errors.ts";

const away: Failure = {
  kind: "internal",
  message: "The server does not answer.",
  remedy: "See whether `npm start` still runs in its terminal, then try again.",
};

async function ask<T>(method: string, url: string, body?: unknown): Promise<T> {
  const init: RequestInit = { method };
  if (body instanceof Blob) init.body = body;
  else if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers = { "content-type": "application/json" };
  }
  const response = await fetch(url, init).catch(() => {
    throw new UserError(away);
  });
  return read<T>(response);
}

async function read<T>(response: Response): Promise<T> {
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return answer as T;
  throw new UserError(failureIn(answer) ?? statusFailure(response));
}

function failureIn(answer: unknown): Failure | undefined {
  if (typeof answer !== "object" || answer === null || !("failure" in answer)) return undefined;
  return answer.failure as Failure;
}

function statusFailure(response: Response): Failure {
  if (response.status === 401 || response.status === 403)
    return {
      kind: "input",
      message: "This tab is not signed in to the server.",
      remedy: "Open the address that `npm start` printed; it carries the key.",
    };
  return { kind: "internal", message: `The server answered ${response.status} ${response.statusText}.` };
}

const query = (values: Record<string, string>) => new URLSearchParams(values).toString();
type AtPath = { readonly path: string };

/** Where a file of the workspace is had. */
export const fileHref = (path: string) => `/api/workspace/file?${query({ path })}`;

/** The server's HTTP interface (kernel/notebook/api.ts). Each call fails with a UserError that can be shown. */
export const client = {
  session: () => ask<Session>("GET", "/api/session"),
  home: () => ask<Home>("GET", "/api/home"),
  sample: (table: string, limit: number) =>
    ask<Sample>("GET", `/api/sample?${query({ table, limit: String(limit) })}`),
  create: (title: string) => ask<AtPath>("POST", "/api/notebooks", { title }),
  copy: (copyOf: string, title?: string) => ask<AtPath>("POST", "/api/notebooks", { copyOf, title }),
  rename: (path: string, to: string) => ask<AtPath>("POST", "/api/notebooks/rename", { path, to }),
  remove: (path: string) => ask<{ trash: string }>("DELETE", `/api/notebooks?${query({ path })}`),
  restore: (trash: string) => ask<AtPath>("POST", "/api/notebooks/restore", { trash }),
  folder: (path: string) => ask<Folder>("GET", `/api/folders?${query({ path })}`),
  files: (path: string) => ask<FileList>("GET", `/api/workspace?${query({ path })}`),
  createEntry: (path: string, kind: "folder" | "file") =>
    ask<AtPath>("POST", "/api/workspace", { path, kind }),
  moveEntry: (path: string, to: string) => ask<AtPath>("POST", "/api/workspace/move", { path, to }),
  removeEntry: (path: string) => ask<{ trash: string }>("DELETE", `/api/workspace?${query({ path })}`),
  restoreEntry: (trash: string) => ask<AtPath>("POST", "/api/workspace/restore", { trash }),
  uploadTo: (folder: string, name: string, file: Blob) =>
    ask<AtPath>("PUT", `/api/workspace/upload?${query({ folder, name })}`, file),
  preview: (path: string) => ask<FilePreview>("GET", `/api/workspace/preview?${query({ path })}`),
  upload: (name: string, file: Blob) => ask<AtPath>("PUT", `/api/files?${query({ name })}`, file),
  crawl: (path: string) => ask<Crawl>("POST", "/api/crawls", { path }),
  crawlState: (id: string) => ask<Crawl>("GET", `/api/crawls/${encodeURIComponent(id)}`),
  cancelCrawl: (id: string) => ask<Crawl>("DELETE", `/api/crawls/${encodeURIComponent(id)}`),
  snippets: () => ask<{ snippets: readonly SavedSnippet[] }>("GET", "/api/snippets"),
  saveSnippet: (title: string, text: string) => ask<AtPath>("POST", "/api/snippets", { title, text }),
  cells: (path: string) => ask<{ cells: readonly Cell[] }>("GET", `/api/cells?${query({ path })}`),
  report: (path: string) => ask<ReportAnswer>("POST", "/api/reports", { path }),
};
