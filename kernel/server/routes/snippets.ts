import { z } from "zod";
import { readBody, readQuery } from "../body.ts";
import { readNotebook } from "../documents-disk.ts";
import { locate } from "../documents-paths.ts";
import { forSession, type Route } from "../route.ts";
import type { Services } from "../services.ts";
import { listSnippets, saveSnippet } from "../snippets.ts";

const saveBody = z.object({ title: z.string().trim().min(1).max(100), text: z.string().min(1) });
const cellsQuery = z.object({ path: z.string().min(1) });

/** Cells to put into notebooks: the user's snippets, and those of another notebook or template. */
export function snippetRoutes({ workspace }: Services): Route[] {
  return [
    forSession("GET", "/api/snippets", async () =>
      Response.json({ snippets: await listSnippets(workspace) }),
    ),
    forSession("POST", "/api/snippets", async (context) => {
      const { title, text } = await readBody(context, saveBody);
      return Response.json({ path: await saveSnippet(workspace, title, text) }, { status: 201 });
    }),
    forSession("GET", "/api/cells", async (context) => {
      const { file, path } = await locate(workspace, readQuery(context, cellsQuery).path);
      return Response.json({ cells: (await readNotebook(file, path)).notebook.cells });
    }),
  ];
}
