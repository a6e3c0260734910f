import type { FileEntry, FileList } from "../../../kernel/notebook/api.ts";

/** What is known of the workspace's folders, and which of them stand open. */
export interface Tree {
  readonly lists: ReadonlyMap<string, FileList>;
  readonly open: ReadonlySet<string>;
}

export const emptyTree: Tree = { lists: new Map(), open: new Set() };

export interface TreeRow {
  readonly entry: FileEntry;
  /** From 1. */
  readonly level: number;
  readonly open: boolean;
}

/** The entries that are seen, from top to bottom. */
export function rowsOf({ lists, open }: Tree, folder = "", level = 1): TreeRow[] {
  const rows: TreeRow[] = [];
  for (const entry of lists.get(folder)?.entries ?? []) {
    const isOpen = entry.kind === "folder" && open.has(entry.path);
    rows.push({ entry, level, open: isOpen });
    if (isOpen) rows.push(...rowsOf({ lists, open }, entry.path, level + 1));
  }
  return rows;
}

export function withList(tree: Tree, list: FileList): Tree {
  return { ...tree, lists: new Map(tree.lists).set(list.path, list) };
}

export function withOpen(tree: Tree, path: string, isOpen: boolean): Tree {
  const open = new Set(tree.open);
  if (isOpen) open.add(path);
  else open.delete(path);
  return { ...tree, open };
}

/** `data/2024/a.csv` → `data/2024`; "" is the workspace. */
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));

export const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

export const joined = (folder: string, name: string): string => (folder === "" ? name : `${folder}/${name}`);

/** A file as seen from a notebook: `../data/sales.csv`. */
export function relativeTo(notebook: string, file: string): string {
  const from = notebook.split("/").slice(0, -1);
  const to = file.split("/");
  let same = 0;
  while (same < from.length && from[same] === to[same]) same++;
  return [...from.slice(same).map(() => ".."), ...to.slice(same)].join("/");
}
