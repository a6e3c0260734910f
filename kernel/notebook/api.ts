/** The HTTP interface between shell and server (JSON). Errors answer 4xx/5xx with `{failure: Failure}`. */

import type { Parameter } from "./compiler/compiled.ts";
import type { Cell } from "./document/notebook.ts";
import type { Failure } from "./errors.ts";

export interface NotebookEntry {
  /** Relative to the workspace, with forward slashes: "notebooks/coffee.html". */
  readonly path: string;
  readonly title: string;
  readonly cells: number;
  readonly modified: string;
  /** Set when the file does not parse. */
  readonly failure?: Failure;
  /** First words of its first Markdown cell. */
  readonly summary: string;
}

export interface TableEntry {
  readonly database: string;
  readonly name: string;
  readonly format: string;
  readonly columns: readonly { readonly name: string; readonly type: string; readonly partition: boolean }[];
  readonly rowCount: number | null;
  readonly bytes: number;
  readonly files: number;
  readonly source: string | null;
  readonly updatedAt: string;
  readonly reasons: readonly { readonly about: string; readonly choice: string; readonly because: string }[];
}

/** GET /api/home */
export interface Home {
  readonly workspace: { readonly name: string; readonly path: string };
  readonly notebooks: readonly NotebookEntry[];
  readonly templates: readonly NotebookEntry[];
  readonly tables: readonly TableEntry[];
}

/** POST /api/notebooks {title} | {copyOf: path, title?} → {path}. POST /api/notebooks/rename {path, to} → {path}. */
/** DELETE /api/notebooks?path= → {trash: path}; POST /api/notebooks/restore {trash} → {path}. */

/** GET /api/folders?path= : to choose a folder on the server's machine. */
export interface Folder {
  readonly path: string;
  readonly parent: string | null;
  readonly folders: readonly string[];
  /** Files that a crawl would look at, by name. */
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
}

/** PUT /api/files?name=FILE (body: bytes) → {path}: a dropped file, kept under data/. */

/** GET /api/workspace?path=FOLDER: what lies in a folder of the workspace; "" is the workspace. */
export interface FileList {
  readonly path: string;
  readonly entries: readonly FileEntry[];
  /** How many more there are. */
  readonly left: number;
}

export interface FileEntry {
  readonly name: string;
  /** Relative to the workspace, with forward slashes. */
  readonly path: string;
  readonly kind: "folder" | "notebook" | "file";
  readonly bytes: number;
  readonly modified: string;
}

/** GET /api/workspace/preview?path=FILE: the beginning of a file. */
export type FilePreview =
  | {
      readonly kind: "table";
      readonly bytes: number;
      readonly columns: Sample["columns"];
      readonly rows: Sample["rows"];
      readonly more: boolean;
    }
  | {
      readonly kind: "text";
      readonly bytes: number;
      readonly text: string;
      readonly more: boolean;
      /** Why it is not shown as a table. */
      readonly note?: string;
    }
  | { readonly kind: "image" | "binary"; readonly bytes: number; readonly note?: string };

/**
 * POST /api/workspace {path, kind: "folder" | "file", text?} → {path}. POST /api/workspace/move {path, to} → {path}.
 * DELETE /api/workspace?path= → {trash}; POST /api/workspace/restore {trash} → {path}.
 * PUT /api/workspace/upload?folder=&name= (body: bytes) → {path}. GET /api/workspace/file?path=: the bytes.
 */

/** POST /api/crawls {path, database?} → Crawl; GET /api/crawls/ID → Crawl; DELETE /api/crawls/ID cancels. */
export interface Crawl {
  readonly id: string;
  readonly path: string;
  readonly state: "running" | "succeeded" | "failed" | "cancelled";
  readonly progress: CrawlProgress;
  readonly summary?: CrawlSummary;
  readonly failure?: Failure;
}

export interface CrawlProgress {
  readonly phase: "list" | "classify" | "read" | "commit";
  readonly files: number;
  readonly filesDone: number;
  readonly bytes: number;
  readonly bytesDone: number;
  /** The file being read, relative to the crawled path. */
  readonly current: string | null;
}

export interface CrawlSummary {
  readonly database: string;
  /** "main.coffees" … each table once. */
  readonly created: readonly string[];
  readonly updated: readonly string[];
  readonly unchanged: readonly string[];
  readonly removed: readonly string[];
  readonly rows: number;
  readonly bytes: number;
  /** Files that could not be read (`path` relative to the crawled folder), each with the reason. */
  readonly failures: readonly { readonly path: string; readonly failure: Failure }[];
  /** Files passed over because no classifier knows them. */
  readonly ignored: readonly string[];
  readonly ms: number;
}

/** POST /api/reports {path, parameters?} → {html, ok, failures: [{cell, failure}]}. GET /api/parameters?path= → Parameter[]. */
export interface ReportAnswer {
  readonly html: string;
  readonly ok: boolean;
  readonly failures: readonly { readonly cell: number; readonly failure: Failure }[];
}

/** GET /api/snippets → {snippets: SavedSnippet[]}. POST /api/snippets {title, text: a notebook file} → {path}. */
export interface SavedSnippet {
  /** Relative to the workspace: "snippets/group-by.sql". */
  readonly path: string;
  readonly title: string;
  readonly cells: readonly Cell[];
  /** Set when the file cannot be read. */
  readonly failure?: Failure;
}

/** GET /api/cells?path= → {cells: Cell[]}: the cells of a notebook or template as they are on disk. */

export type Parameters = readonly Parameter[];

/** GET /api/session. */
export interface Session {
  /** Where the sandbox page lies: another loopback name than the shell's. */
  readonly sandbox: string;
  /** Percolate's version. */
  readonly version: string;
}

/** GET /api/sample?table=db.name&limit=: the first rows of a table, ready to read. */
export interface Sample {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** One text per column; null where the value is missing. */
  readonly rows: readonly (readonly (string | null)[])[];
}

/** The WebSocket is at /api/socket: frames of FromShell one way, of ToShell the other (bridge/frame.ts). */
export const socketPath = "/api/socket";
