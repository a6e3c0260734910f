import type { Home, SavedSnippet } from "../../../../kernel/notebook/api.ts";
import type { Mode } from "../../../../kernel/notebook/document/notebook.ts";
import type { NamedTable } from "../../../../kernel/notebook/language.ts";
import { loaderModes, modeTexts, newModes } from "../modes.ts";
import { chartOf } from "./chart-of.ts";
import { queryOf } from "./query-of.ts";
import type { NewCell, Snippet } from "./snippet.ts";
import { snippetGroups } from "./snippets.ts";

/** Something that the menu can put into the notebook. */
export interface Entry {
  readonly id: string;
  readonly title: string;
  readonly words: string;
  /** Mode of its first cell, or another word that has an icon. */
  readonly mode: string;
  /** What it puts in; asked for when it is chosen. */
  readonly snippet: Snippet | { readonly template: string };
}

export interface EntryGroup {
  readonly title: string;
  readonly entries: readonly Entry[];
}

/** What the menu learns when it opens. */
export interface Found {
  readonly tables: readonly NamedTable[];
  readonly saved: readonly SavedSnippet[];
  readonly home: Pick<Home, "tables" | "templates"> | null;
}

export const nothingFound: Found = { tables: [], saved: [], home: null };

/** All that can be put in, in groups: what one wants most often first. */
export function entryGroups({ tables, saved, home }: Found): readonly EntryGroup[] {
  const charts = tables.flatMap((table) => chartOf(table) ?? []);
  const readable = saved.filter(({ failure, cells }) => !failure && cells.length > 0);
  const groups = [
    { title: "Cell", entries: [...kinds, ...kernelKinds, ...loaders] },
    { title: "Your snippets", entries: readable.map(savedEntry) },
    { title: "Chart of a variable", entries: charts.map((chart) => ({ ...entryOf(chart), mode: "chart" })) },
    { title: "Query of a table", entries: (home?.tables ?? []).map((table) => entryOf(queryOf(table))) },
    ...snippetGroups.map(({ title, icon, snippets }) => ({
      title,
      entries: snippets.map((snippet) => ({ ...entryOf(snippet), ...(icon ? { mode: icon } : {}) })),
    })),
    {
      title: "Template",
      entries: (home?.templates ?? []).filter(({ failure }) => !failure).map(templateEntry),
    },
  ];
  return groups.filter(({ entries }) => entries.length > 0);
}

/** Whether an entry has all the words that were typed, in any order. */
export function matches(text: string, typed: string): boolean {
  const lower = text.toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => lower.includes(word));
}

const kinds = newModes.map((mode) => kindEntry(mode, modeTexts[mode].name, { mode }));

const kernelKinds = [
  kindEntry("kernel", "TypeScript in the kernel (Node)", { mode: "ts", place: "kernel" }, "place server"),
  kindEntry("js", modeTexts.js.name, { mode: "js" }),
  kindEntry("ojs", modeTexts.ojs.name, { mode: "ojs" }, "viewof mutable"),
];

const loaders = loaderModes.map((mode) =>
  kindEntry(mode, `Data loader (${modeTexts[mode].name})`, { mode, format: "text" }, "program"),
);

function kindEntry(id: string, title: string, cell: NewCell & { mode: Mode }, words = ""): Entry {
  const snippet = { id: `kind:${id}`, title, cells: [cell] };
  return { id: snippet.id, title, words: `cell ${id} ${words}`, mode: cell.mode, snippet };
}

function entryOf(snippet: Snippet): Entry {
  const mode = snippet.cells[0]?.mode ?? "ts";
  return { id: snippet.id, title: snippet.title, words: `${snippet.words ?? ""} ${mode}`, mode, snippet };
}

function savedEntry({ path, title, cells }: SavedSnippet): Entry {
  const id = `saved:${path}`;
  const snippet = { id, title, cells };
  return { id, title, words: `snippet ${path}`, mode: cells[0]?.mode ?? "ts", snippet };
}

function templateEntry({ path, title }: Home["templates"][number]): Entry {
  return {
    id: `template:${path}`,
    title,
    words: `template ${path}`,
    mode: "template",
    snippet: { template: path },
  };
}
