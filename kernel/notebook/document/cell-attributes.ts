import { type Cell, modes, toCell } from "./notebook.ts";
import { attributeOf, type OpenTag } from "./scan.ts";
import { toSource } from "./script-text.ts";

const mediaTypes: Readonly<Record<string, string>> = {
  ts: "text/x-typescript",
  js: "module",
  sql: "application/sql",
  md: "text/markdown",
  html: "text/html",
  tex: "application/x-tex",
  dot: "text/vnd.graphviz",
  ojs: "application/vnd.observable.javascript",
  node: "application/vnd.node.javascript",
  python: "text/x-python",
  r: "text/x-r",
};

/** Attributes that a cell's fields stand for; all others are kept as they are. */
const known = new Set([..."id type pinned hidden database output format place run name escaped".split(" ")]);

/** Attributes of a cell, in the order in which they are written. The id is not among them. */
export type AttributeList = readonly (readonly [name: string, value: string | null])[];

export function attributesOf(cell: Cell): AttributeList {
  const flags: [string, string | null][] = [
    ["type", mediaTypes[cell.mode] ?? cell.mode],
    ["pinned", cell.pinned ? "" : null],
    ["hidden", cell.hidden ? "" : null],
    ["database", cell.database],
    ["output", cell.output],
    ["format", cell.format],
    ["place", cell.place === "browser" ? null : cell.place],
    ["run", cell.run === "auto" ? null : cell.run],
    ["name", cell.name],
  ];
  return [
    ...flags.filter(([, value]) => value !== null),
    ...cell.attributes.filter(([name]) => isForeign(name)),
  ];
}

/** Whether a name can be an attribute that is not ours. */
export function isForeign(name: string): boolean {
  return !known.has(name) && /^[^\s"'<>/=\0A-Z]+$/.test(name);
}

/** The cell that a script element stands for. */
export function cellOf(text: string, tag: OpenTag, id: number): Cell {
  const value = (name: string) => attributeOf(tag, name)?.value || null;
  const has = (name: string) => attributeOf(tag, name) !== undefined;
  const body = tag.body ? text.slice(tag.body.start, tag.body.end) : "";
  const run = value("run");
  return toCell({
    id,
    mode: modeOf(value("type")),
    source: toSource({ body, escaped: has("escaped") }),
    place: value("place") === "kernel" ? "kernel" : "browser",
    run: run === "manual" || run === "once" || run === "off" ? run : "auto",
    name: value("name"),
    output: value("output"),
    database: value("database"),
    format: value("format"),
    pinned: has("pinned"),
    hidden: has("hidden"),
    attributes: foreign(tag),
  });
}

function foreign(tag: OpenTag): AttributeList {
  const first = tag.attributes.filter((attribute) => attributeOf(tag, attribute.name) === attribute);
  return first.filter(({ name }) => !known.has(name)).map(({ name, value }) => [name, value] as const);
}

function modeOf(type: string | null): string {
  if (type === null || type === "text/javascript" || modes.some((mode) => mode === type)) return "js";
  return modes.find((mode) => mediaTypes[mode] === type) ?? type;
}

/** Gives ids as Notebook Kit does: the one written if it is a positive number that no cell before has, else a new one. */
export class IdReader {
  #most = 0;
  readonly #taken = new Set<number>();

  next(written: string | null): number {
    return this.take(this.foresee(written));
  }

  /** The id that a cell with this written id would get next. */
  foresee(written: string | null): number {
    const id = Math.floor(Number(written));
    return !Number.isSafeInteger(id) || id <= 0 || this.#taken.has(id) ? this.#most + 1 : id;
  }

  take(id: number): number {
    this.#most = Math.max(this.#most, id);
    this.#taken.add(id);
    return id;
  }
}
