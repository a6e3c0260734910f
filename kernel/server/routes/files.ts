import { basename, relative, sep } from "node:path";
import { z } from "zod";
import { readBody, readQuery } from "../body.ts";
import { notFound } from "../failures.ts";
import { previewFile } from "../file-preview.ts";
import type { Hub } from "../hub.ts";
import { forSession, type RequestContext, type Route } from "../route.ts";
import { fileResponse } from "../send-file.ts";
import type { Services } from "../services.ts";
import { saveUpload } from "../upload.ts";
import type { WorkspaceFiles } from "../workspace-files.ts";
import { placeOfPath } from "../workspace-paths.ts";

const folderQuery = z.object({ path: z.string().default("") });
const pathQuery = z.object({ path: z.string().min(1) });
const uploadQuery = z.object({ folder: z.string().default(""), name: z.string().min(1) });
const createBody = z.object({
  path: z.string().min(1),
  kind: z.enum(["folder", "file"]),
  text: z.string().default(""),
});
const moveBody = z.object({ path: z.string().min(1), to: z.string().min(1) });
const restoreBody = z.object({ trash: z.string().min(1) });

export interface FileParts {
  readonly services: Services;
  readonly files: WorkspaceFiles;
  readonly hub: Hub;
}

/** The files of the workspace: seen, made, moved, deleted, brought in and taken out. */
export function fileRoutes(parts: FileParts): Route[] {
  const { files, services } = parts;
  const { workspace } = services;
  return [
    forSession("GET", "/api/workspace", async (context) =>
      Response.json(await files.list(readQuery(context, folderQuery).path)),
    ),
    forSession("POST", "/api/workspace", async (context) => {
      const { path, kind, text } = await readBody(context, createBody);
      const made = kind === "folder" ? await files.createFolder(path) : await files.createFile(path, text);
      return Response.json({ path: made }, { status: 201 });
    }),
    forSession("POST", "/api/workspace/move", async (context) => {
      const { path, to } = await readBody(context, moveBody);
      return Response.json({ path: await files.move(path, to) });
    }),
    forSession("DELETE", "/api/workspace", (context) => discard(parts, context)),
    forSession("POST", "/api/workspace/restore", async (context) => {
      const { trash } = await readBody(context, restoreBody);
      return Response.json({ path: await files.restore(trash) });
    }),
    forSession("PUT", "/api/workspace/upload", (context) => upload(parts, context)),
    forSession("GET", "/api/workspace/preview", async (context) => {
      const place = await placeOfPath(workspace, readQuery(context, pathQuery).path);
      return Response.json(await previewFile(place, () => services.engine()));
    }),
    forSession("GET", "/api/workspace/file", (context) => download(parts, context)),
  ];
}

async function discard({ files, hub }: FileParts, context: RequestContext): Promise<Response> {
  const { path } = readQuery(context, pathQuery);
  await hub.end(path, {
    kind: "input",
    message: `"${path}" was deleted`,
    remedy: "bring it back from the trash",
  });
  return Response.json({ trash: await files.trash(path) });
}

async function upload({ services }: FileParts, context: RequestContext): Promise<Response> {
  const { folder, name } = readQuery(context, uploadQuery);
  const { workspace } = services;
  const place = await placeOfPath(workspace, folder);
  const file = await saveUpload(place.file, name, context.req.raw.body);
  const path = relative(place.file, file).split(sep).join("/");
  return Response.json({ path: place.path === "" ? path : `${place.path}/${path}` }, { status: 201 });
}

/** Always as a download: what a page in this origin opens must not be the file's to say. Pictures are shown all the same. */
async function download({ services }: FileParts, context: RequestContext): Promise<Response> {
  const { file, path } = await placeOfPath(services.workspace, readQuery(context, pathQuery).path);
  const response = await fileResponse(file, context.req.header("range"));
  if (!response) throw notFound(`file "${path}"`);
  response.headers.set(
    "content-disposition",
    `attachment; filename*=UTF-8''${encodeURIComponent(basename(path))}`,
  );
  return response;
}
