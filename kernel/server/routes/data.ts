import { relative, sep } from "node:path";
import { z } from "zod";
import type { TableDefinition } from "../../catalog/table.ts";
import type { TableEntry } from "../../notebook/api.ts";
import { readBody, readQuery } from "../body.ts";
import type { Crawls } from "../crawls.ts";
import { notFound } from "../failures.ts";
import { listFolder } from "../folders.ts";
import { forSession, type RequestContext, type Route } from "../route.ts";
import { sampleTable } from "../sample.ts";
import type { Services } from "../services.ts";
import { saveUpload } from "../upload.ts";

const crawlBody = z.object({ path: z.string().min(1), database: z.string().min(1).default("main") });
const folderQuery = z.object({ path: z.string().default("") });
const fileQuery = z.object({ name: z.string().min(1) });
const sampleQuery = z.object({
  table: z.string().min(1),
  limit: z.coerce.number().int().min(0).max(1000).default(100),
});

/** Folders, uploads, crawls and tables. */
export function dataRoutes(services: Services, crawls: Crawls): Route[] {
  return [
    forSession("GET", "/api/folders", (context) =>
      Response.json(listFolder(readQuery(context, folderQuery).path)),
    ),
    forSession("PUT", "/api/files", (context) => upload(services, context)),
    forSession("POST", "/api/crawls", async (context) => {
      const { path, database } = await readBody(context, crawlBody);
      return Response.json(await crawls.start(path, database), { status: 201 });
    }),
    forSession("GET", "/api/crawls/:id", ({ req }) => Response.json(crawls.get(req.param("id") ?? ""))),
    forSession("DELETE", "/api/crawls/:id", ({ req }) => Response.json(crawls.cancel(req.param("id") ?? ""))),
    forSession("GET", "/api/tables", () => Response.json(services.catalog().tables().map(tableEntry))),
    forSession("GET", "/api/tables/:database/:name", ({ req }) =>
      Response.json(tableNamed(services, req.param("database") ?? "", req.param("name") ?? "")),
    ),
    forSession("GET", "/api/sample", async (context) => {
      const { table, limit } = readQuery(context, sampleQuery);
      const definition = services.catalog().requireTable(table);
      return Response.json(await sampleTable(await services.engine(), definition, limit));
    }),
  ];
}

async function upload(services: Services, context: RequestContext): Promise<Response> {
  const { name } = readQuery(context, fileQuery);
  const { data, root } = services.workspace;
  const path = await saveUpload(data, name, context.req.raw.body);
  return Response.json({ path: relative(root, path).split(sep).join("/") }, { status: 201 });
}

function tableNamed(services: Services, database: string, name: string): TableEntry {
  const table = services.catalog().table(database, name);
  if (!table) throw notFound(`table "${database}.${name}"`);
  return tableEntry(table);
}

/** A table as the page lists it: without the files' paths. */
export function tableEntry(table: TableDefinition): TableEntry {
  const { database, name, format, columns, rowCount, bytes, source, updatedAt, reasons } = table;
  const files = table.files.length;
  return { database, name, format, columns, rowCount, bytes, files, source, updatedAt, reasons };
}
