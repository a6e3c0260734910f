import { z } from "zod";
import type { Home } from "../../notebook/api.ts";
import { readBody, readQuery } from "../body.ts";
import type { DocumentStore } from "../documents.ts";
import type { Hub } from "../hub.ts";
import {
  copyNotebook,
  createNotebook,
  discardNotebook,
  renameNotebook,
  restoreNotebook,
} from "../notebook-actions.ts";
import { notebookFile } from "../notebook-paths.ts";
import { NotebookList } from "../notebooks.ts";
import { type Command, listParameters, makeReport } from "../reports.ts";
import type { RequestContext, Route } from "../route.ts";
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
  const list = new NotebookList(parts.services.workspace);
  const route = (method: Route["method"], path: string, handle: Route["handle"]): Route => ({
    method,
    path,
    policy: "session",
    handle,
  });
  return [
    route("GET", "/api/home", async () => Response.json(await home(parts, list))),
    route("POST", "/api/notebooks", (context) => create(parts, context)),
    route("POST", "/api/notebooks/rename", (context) => rename(parts, context)),
    route("DELETE", "/api/notebooks", (context) => discard(parts, context)),
    route("POST", "/api/notebooks/restore", (context) => restore(parts, context)),
    route("POST", "/api/reports", (context) => report(parts, context)),
    route("GET", "/api/parameters", (context) => parameters(parts, context)),
  ];
}

async function home({ services }: NotebookParts, list: NotebookList): Promise<Home> {
  const { workspace } = services;
  const [notebooks, templates] = await Promise.all([list.notebooks(), list.templates()]);
  const tables = services.catalog().tables().map(tableEntry);
  return { workspace: { name: workspace.name, path: workspace.root }, notebooks, templates, tables };
}

async function create({ services }: NotebookParts, context: RequestContext): Promise<Response> {
  const body = await readBody(context, createBody);
  const path =
    "copyOf" in body
      ? await copyNotebook(services.workspace, body.copyOf, body.title)
      : createNotebook(services.workspace, body.title);
  return Response.json({ path }, { status: 201 });
}

async function rename({ services, hub }: NotebookParts, context: RequestContext): Promise<Response> {
  const { path, to } = await readBody(context, renameBody);
  await hub.end(path);
  return Response.json({ path: renameNotebook(services.workspace, path, to) });
}

async function discard({ services, hub }: NotebookParts, context: RequestContext): Promise<Response> {
  const { path } = readQuery(context, pathQuery);
  await hub.end(path);
  return Response.json({ trash: discardNotebook(services.workspace, path) });
}

async function restore({ services }: NotebookParts, context: RequestContext): Promise<Response> {
  const { trash } = await readBody(context, restoreBody);
  return Response.json({ path: restoreNotebook(services.workspace, trash) });
}

async function report(parts: NotebookParts, context: RequestContext): Promise<Response> {
  const { path, parameters } = await readBody(context, reportBody);
  const file = notebookFile(parts.services.workspace, path);
  return Response.json(await makeReport(commandOf(parts, context), file, parameters));
}

async function parameters(parts: NotebookParts, context: RequestContext): Promise<Response> {
  const { path } = readQuery(context, pathQuery);
  const file = notebookFile(parts.services.workspace, path);
  return Response.json(await listParameters(commandOf(parts, context), file));
}

/** Ends with the request: who went away does not want the report. */
function commandOf({ services, cliScript }: NotebookParts, context: RequestContext): Command {
  return { script: cliScript, workspace: services.workspace, signal: context.req.raw.signal };
}
