import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { deserialize, type Notebook as KitNotebook, serialize } from "@observablehq/notebook-kit";
import { describe, expect, it } from "vitest";
import { parseNotebook, serializeNotebook } from "../../../kernel/notebook/document/file.ts";
import { type Cell, modes, type Notebook, toCell } from "../../../kernel/notebook/document/notebook.ts";
import { Random } from "./random.ts";
import { randomFile, randomSource } from "./random-file.ts";

interface Dom {
  readonly window: { readonly document: Document; readonly DOMParser: new () => DOMParser };
}
const jsdom = "jsdom";
const { JSDOM }: { JSDOM: new (html?: string) => Dom } = await import(jsdom);
const { window } = new JSDOM();
const kitReads = (text: string) => deserialize(text, { parser: new window.DOMParser() });
const kitWrites = (notebook: KitNotebook) => serialize(notebook, { document: window.document });

const kitModes: Readonly<Record<string, string>> = {
  "application/vnd.node.javascript": "node",
  "text/x-python": "python",
  "text/x-r": "r",
  "application/vnd.observable.javascript": "ojs",
};

/** What both formats know of a notebook. */
function ours({ title, cells }: Notebook) {
  return { title, cells: cells.map(ourCell) };
}

function ourCell({ id, mode, source, pinned, hidden, output, database }: Cell) {
  return {
    id,
    mode: kitModes[mode] ?? mode,
    source,
    pinned,
    hidden,
    output,
    database: database ?? standard(mode),
  };
}

/** Notebook Kit's name for a SQL cell without a database. */
function standard(mode: string) {
  return mode === "sql" ? "var:db" : null;
}

function theirs({ title, cells }: KitNotebook) {
  return {
    title,
    cells: cells.map(({ id, mode, value, pinned, hidden, output, database }) => ({
      id,
      mode,
      source: value,
      pinned,
      hidden,
      output: output || null,
      database: database ?? null,
    })),
  };
}

/** Notebook Kit gives a database to SQL cells alone. */
function comparable(notebook: Notebook) {
  const { title, cells } = ours(notebook);
  return { title, cells: cells.map((cell) => (cell.mode === "sql" ? cell : { ...cell, database: null })) };
}

describe("our reader and Notebook Kit's", () => {
  it("find the same in files of any style", () => {
    for (let seed = 1; seed <= 400; seed++) {
      const text = randomFile(new Random(seed));
      expect(comparable(parseNotebook(text)), `seed ${seed}: ${text}`).toEqual(theirs(kitReads(text)));
    }
  });

  it("find the same in the notebooks that ship", () => {
    for (const text of shipped()) expect(comparable(parseNotebook(text))).toEqual(theirs(kitReads(text)));
  });
});

describe("what we write", () => {
  it("is read by Notebook Kit as it is meant", () => {
    for (let seed = 1; seed <= 400; seed++) {
      const notebook = randomNotebook(new Random(seed));
      const text = serializeNotebook(notebook);
      expect(theirs(kitReads(text)), `seed ${seed}: ${text}`).toEqual(comparable(notebook));
    }
  });

  it("is what Notebook Kit writes, but for the theme", () => {
    const cells = ["ts", "js", "md", "html", "tex", "dot"].map((mode, index) =>
      toCell({ id: index + 1, mode, source: "a < b\n\n  '</script>'", pinned: mode === "ts", output: "x" }),
    );
    const text = serializeNotebook({ title: 'A & <b> "c"', cells });
    expect(kitWrites(kitReads(text)).replace(' theme="air"', "")).toBe(text);
  });
});

describe("what Notebook Kit writes", () => {
  it("is read by us as it is meant, and kept byte for byte", () => {
    for (let seed = 1; seed <= 400; seed++) {
      const text = kitWrites(kitReads(randomFile(new Random(seed))));
      const notebook = parseNotebook(text);
      expect(comparable(notebook), `seed ${seed}`).toEqual(theirs(kitReads(text)));
      expect(serializeNotebook(notebook, text)).toBe(text);
    }
  });
});

/** Sources that would need our `escaped` are left out: Notebook Kit itself cannot hold them. */
function randomNotebook(random: Random): Notebook {
  const cells = Array.from({ length: random.below(5) }, (_, index) =>
    toCell({
      id: index * 2 + 1,
      mode: random.pick([...modes, ...Object.keys(kitModes)]),
      source: randomSource(random),
      pinned: random.chance(0.5),
      hidden: random.chance(0.2),
      output: random.pick([null, "rows"]),
      place: random.pick(["browser", "kernel"]),
    }),
  );
  const title = random.pick(["T", "a & b", "<b>", "&amp;", "  x ", "é"]);
  const plain = cells.filter((cell) => !serializeNotebook({ title, cells: [cell] }).includes(" escaped"));
  return { title, cells: plain };
}

function shipped(): string[] {
  const root = join(import.meta.dirname, "../../..");
  const folders = ["notebooks", "templates"].map((name) => join(root, name));
  const files = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith(".html"))
      .map((name) => join(folder, name)),
  );
  return files.map((file) => readFileSync(file, "utf8"));
}
