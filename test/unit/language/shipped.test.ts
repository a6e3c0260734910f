import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { parseNotebook } from "../../../kernel/notebook/document/file.ts";
import { desk } from "./start.ts";

const root = resolve(import.meta.dirname, "../../..");

for (const folder of ["notebooks", "templates"])
  for (const name of readdirSync(join(root, folder)).filter((file) => file.endsWith(".html")))
    test(`the editors see no mistake in ${folder}/${name}`, async () => {
      const notebook = await desk();
      const { cells } = parseNotebook(readFileSync(join(root, folder, name), "utf8"));
      // The catalog of its tables is not here.
      notebook.trusted = false;
      notebook.write(...cells);
      const found: string[] = [];
      for (const [index, { source }] of cells.entries())
        for (const [from, to] of await notebook.places(index + 1))
          found.push(
            `${source.slice(from, to)}: ${notebook.problems
              .get(index + 1)
              ?.map(({ message }) => message)
              .join()}`,
          );
      expect(found).toEqual([]);
    });
