import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "..");

/** Folders from the bottom up: each may import the ones that it names, and itself. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  "kernel/notebook": [],
  "kernel/catalog": ["kernel/notebook"],
  "kernel/engine": ["kernel/notebook", "kernel/catalog"],
  "kernel/outputs": ["kernel/notebook", "kernel/catalog"],
  "kernel/crawl": ["kernel/notebook", "kernel/catalog", "kernel/engine"],
  "kernel/modules": ["kernel/notebook"],
  "kernel/session": [
    "kernel/notebook",
    "kernel/catalog",
    "kernel/engine",
    "kernel/modules",
    "kernel/outputs",
  ],
  "kernel/language": ["kernel/notebook", "kernel/catalog", "kernel/engine"],
  "kernel/reports": ["kernel/notebook", "kernel/session"],
  "kernel/server": [
    "kernel/notebook",
    "kernel/catalog",
    "kernel/engine",
    "kernel/outputs",
    "kernel/crawl",
    "kernel/modules",
    "kernel/session",
    "kernel/language",
    "kernel/reports",
  ],
  "kernel/cli": [
    "kernel/notebook",
    "kernel/catalog",
    "kernel/engine",
    "kernel/outputs",
    "kernel/crawl",
    "kernel/session",
    "kernel/reports",
    "kernel/server",
  ],
  kernel: ["kernel/cli", "kernel/server", "kernel/catalog", "kernel/notebook"],
  "ui/library": ["kernel/notebook"],
  "ui/sandbox": ["kernel/notebook", "ui/library"],
  "ui/shell": ["kernel/notebook"],
};

/** Where Percolate itself lies: below everything. */
const leaf = "kernel/package-root.ts";

/** Packages that the pure part may use: they run on any platform. */
const purePackages = new Set([
  "@codemirror/state",
  "@observablehq/parser",
  "@observablehq/runtime",
  "@sveltejs/acorn-typescript",
  "@uwdata/flechette",
  "@viz-js/viz",
  "acorn",
  "arquero",
  "d3",
  "katex",
  "markdown-it",
]);

interface Import {
  readonly from: string;
  readonly spec: string;
  readonly typeOnly: boolean;
}

const files = ["kernel", "ui"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => join(folder, file)),
);

const imports: readonly Import[] = files.flatMap((from) => {
  const text = readFileSync(join(root, from), "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
  const found = text.matchAll(
    /^(?:import|export)\s(type\s)?[^"';]*?from\s+"([^"]+)"|^import\s+"([^"]+)"|\bimport\("([^"]+)"\)/gm,
  );
  return [...found].map(([, type, named, bare, dynamic]) => ({
    from,
    spec: named ?? bare ?? dynamic ?? "",
    typeOnly: type !== undefined,
  }));
});

function folderOf(file: string): string {
  const known = Object.keys(mayImport).sort((a, b) => b.length - a.length);
  return known.find((folder) => file.startsWith(`${folder}/`)) ?? dirname(file);
}

function target({ from, spec }: Import): string {
  return relative(root, resolve(root, dirname(from), spec));
}

const relativeImports = imports.filter(({ spec }) => spec.startsWith("."));

test("there is code to check", () => {
  expect(files.length).toBeGreaterThan(100);
  expect(relativeImports.length).toBeGreaterThan(300);
});

test("folders import only what stands below them", () => {
  const wrong = relativeImports.flatMap((each) => {
    if (target(each) === leaf) return [];
    const [from, to] = [folderOf(each.from), folderOf(target(each))];
    return from === to || mayImport[from]?.includes(to) ? [] : [`${each.from} imports ${target(each)}`];
  });
  expect(wrong).toEqual([]);
});

test("the pure part names no platform", () => {
  const wrong = imports
    .filter(({ from, spec }) => from.startsWith("kernel/notebook/") && !spec.startsWith("."))
    .filter(({ spec }) => !purePackages.has(spec))
    .map(({ from, spec }) => `${from} imports ${spec}`);
  expect(wrong).toEqual([]);
});

test("no file imports itself by way of others", () => {
  const edges = new Map<string, string[]>();
  for (const each of relativeImports) {
    if (!each.typeOnly) edges.set(each.from, [...(edges.get(each.from) ?? []), target(each)]);
  }
  expect(files.flatMap((file) => cycleThrough(file, edges))).toEqual([]);
});

function cycleThrough(start: string, edges: ReadonlyMap<string, readonly string[]>): string[] {
  const seen = new Set<string>();
  const stack = [...(edges.get(start) ?? [])];
  for (let file = stack.pop(); file !== undefined; file = stack.pop()) {
    if (file === start) return [start];
    if (seen.has(file)) continue;
    seen.add(file);
    stack.push(...(edges.get(file) ?? []));
  }
  return [];
}

test("nothing that runs imports a test", () => {
  expect(relativeImports.filter((each) => target(each).startsWith("test/"))).toEqual([]);
});
