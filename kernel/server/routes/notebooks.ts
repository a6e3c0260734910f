import { relative } from "node:path";
import { z } from "zod";
import { NotebookImports } from "../../modules/notebook-imports.ts";
import type { Home } from "../../notebook/api.ts";
import { inputError } from "../../notebook/errors.ts";
import { readBody, readQuery } from "../body.ts";
import type { DocumentStore } from "../documents.ts";
import { locate } from "../documents-paths.ts";
import type { Hub } from "../hub.ts";
import { type Command, listParameters, makeReport } from "../reports.ts";
import { forSession, type RequestContext, type Route } from "../route.ts";
import type { Services } from "../services.ts";
import { tableEntry } from "./data.ts";

const title = z.string().trim().min(1).max(200);
const createBody = z.union([z.object({ copyOf: z.string(), title: title.optional() }), z.object({ title })]);
const renameBody = z.object({ path: z.string(), to: z.string() });
const restoreBody = z.object({ trash: z.string().min(1) });
const reportBody = z.object({ path: z.string(), parameters: z.record(z.string(), z.unknown()).default({}) });
const pathQuery = z.object({ path: z.string().min(1) });

export interface NotebookParts {
  readonly services: Services;
  readonly documents: DocumentStore;
  readonly hub: Hub;
  /** dist/kernel/cli.js */
  readonly cliScript: string;
}

/** The home page, what can be done with notebook files, and reports. */
export function notebookRoutes(parts: NotebookParts): Route[] {
  return [
    forSession("GET", "/api/home", async () => Response.json(await home(parts))),
    forSession("POST", "/api/notebooks", (context) => create(parts, context)),
    forSession("POST", "/api/notebooks/rename", (context) => rename(parts, context)),
    forSession("DELETE", "/api/notebooks", (context) => discard(parts, context)),
    forSession("POST", "/api/notebooks/restore", (context) => restore(parts, context)),
    forSession("POST", "/api/reports", (context) => report(parts, context)),
    forSession("GET", "/api/parameters", (context) => parameters(parts, context)),
  ];
}

async function home({ services, documents }: NotebookParts): Promise<Home> {
  const { workspace } = services;
  const list = (folder: string) => documents.list(relative(workspace.root, folder));
  const [notebooks, templates] = await Promise.all([list(workspace.notebooks), list(workspace.templates)]);
  const tables = services.catalog().tables().map(tableEntry);
  return { workspace: { name: workspace.name, path: workspace.root }, notebooks, templates, tables };
}

async function create({ documents }: NotebookParts, context: RequestContext): Promise<Response> {
  const path = await documents.create(await readBody(context, createBody));
  return Response.json({ path }, { status: 201 });
}

async function rename({ documents }: NotebookParts, context: RequestContext): Promise<Response> {
  const { path, to } = await readBody(context, renameBody);
  return Response.json({ path: await documents.rename(path, to) });
}

async function discard({ documents, hub }: NotebookParts, context: RequestContext): Promise<Response> {
  const { path } = readQuery(context, pathQuery);
  await hub.end(path, {
    kind: "input",
    message: `"${path}" was deleted`,
    remedy: "bring it back from the home page",
  });
  return Response.json({ trash: await documents.trash(path) });
}

async function restore({ documents }: NotebookParts, context: RequestContext): Promise<Response> {
  const { trash } = await readBody(context, restoreBody);
  return Response.json({ path: await documents.restore(trash) });
}

async function report(parts: NotebookParts, context: RequestContext): Promise<Response> {
  const { path, parameters } = await readBody(context, reportBody);
  const file = await savedFile(parts, path);
  return Response.json(await makeReport(commandOf(parts, context), file, parameters));
}

async function parameters(parts: NotebookParts, context: RequestContext): Promise<Response> {
  const { path } = readQuery(context, pathQuery);
  const file = await savedFile(parts, path);
  return Response.json(await listParameters(commandOf(parts, context), file));
}

/**
 * The file of a notebook that may be run, with all that was typed.
 * @throws UserError when it, or a notebook that it imports from, is not trusted.
 */
async function savedFile({ documents, services }: NotebookParts, path: string): Promise<string> {
  const { file } = await locate(services.workspace, path);
  const document = await documents.open(path);
  await document.flush();
  const imports = new NotebookImports(services.workspace.root, (text) => documents.trust.isTrusted(text));
  const { untrusted } = imports.expand(document.notebook.cells, file);
  for (const name of [...(document.trusted ? [] : [path]), ...untrusted])
    throw inputError(`"${name}" did not come from you`, "open it, read it, and trust it first");
  return file;
}

/** Ends with the request: who went away does not want the report. */
function commandOf({ services, cliScript }: NotebookParts, context: RequestContext): Command {
  return { script: cliScript, workspace: services.workspace, signal: context.req.raw.signal };
}
