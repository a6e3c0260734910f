import { ChevronDown, ChevronRight, Ellipsis, File, Folder, NotebookText } from "lucide-react";
import { type DragEvent, type KeyboardEvent, useRef, useState } from "react";
import type { FileEntry } from "../../../kernel/notebook/api.ts";
import { bytesText } from "../app/format.ts";
import { type ChoiceGroup, MenuButton } from "../app/menu.tsx";
import { type Dropped, droppedFiles } from "../home/upload.ts";
import { folderOf, joined, nameOf, rowsOf, type TreeRow } from "./tree.ts";
import type { Files } from "./use-files.ts";

interface Props {
  readonly files: Files;
  readonly selected: string | null;
  readonly onSelect: (entry: FileEntry) => void;
  /** Enter, or a double click, on a file. */
  readonly onOpen: (entry: FileEntry) => void;
  readonly groupsFor: (entry: FileEntry) => readonly ChoiceGroup[];
}

/** The name under which a dragged entry travels. */
const entryType = "application/x-percolate-path";

/** The files as a tree: arrows go about in it, Enter opens; entries are dragged into folders, files dropped from outside. */
export function FileTree(props: Props) {
  const { files } = props;
  const rows = rowsOf(files.tree);
  const tree = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState<string | null>(null);
  const [over, setOver] = useState<string | null>(null);
  const current = rows.find(({ entry }) => entry.path === at) ?? rows[0];
  const focus = (path: string | undefined) => {
    if (path === undefined) return;
    setAt(path);
    tree.current?.querySelector<HTMLElement>(`[data-path="${CSS.escape(path)}"]`)?.focus();
  };
  const press = (event: KeyboardEvent) => {
    if (!current || !(event.target as Element).matches("[role=treeitem]")) return;
    if (pressed(event.key, rows, current, props, focus)) event.preventDefault();
  };
  const drop = (folder: string) => (event: DragEvent) => {
    event.preventDefault();
    event.stopPropagation();
    setOver(null);
    void receive(event, folder, files);
  };
  return (
    <div
      ref={tree}
      role="tree"
      aria-label="Files of the workspace"
      className="file-tree"
      data-over={over === "" || undefined}
      tabIndex={-1}
      onKeyDown={press}
      onDragOver={(event) => {
        event.preventDefault();
        setOver("");
      }}
      onDragLeave={() => setOver(null)}
      onDrop={drop("")}
    >
      {rows.map((row) => (
        <TreeItem
          key={row.entry.path}
          row={row}
          stop={row === current}
          selected={row.entry.path === props.selected}
          over={over === row.entry.path}
          groups={() => props.groupsFor(row.entry)}
          onFocus={() => setAt(row.entry.path)}
          onClick={() => click(row, props)}
          onDoubleClick={() => row.entry.kind === "folder" || props.onOpen(row.entry)}
          onOver={(event) => {
            event.preventDefault();
            event.stopPropagation();
            setOver(targetOf(row.entry));
          }}
          onDrop={drop(targetOf(row.entry))}
        />
      ))}
    </div>
  );
}

/** A file stands for the folder that it is in. */
const targetOf = ({ kind, path }: FileEntry): string => (kind === "folder" ? path : folderOf(path));

function click({ entry, open }: TreeRow, { files, onSelect }: Props): void {
  if (entry.kind === "folder") files.toggle(entry.path, !open);
  else onSelect(entry);
}

async function receive({ dataTransfer }: DragEvent, folder: string, files: Files): Promise<void> {
  const path = dataTransfer.getData(entryType);
  if (path !== "") {
    if (folderOf(path) !== folder && path !== folder) await files.move(path, joined(folder, nameOf(path)));
    return;
  }
  const dropped: Dropped[] = await droppedFiles(dataTransfer);
  if (dropped.length > 0) await files.receive(folder, dropped);
}

/** Does what a key means in a tree; says whether it means something. */
function pressed(
  key: string,
  rows: readonly TreeRow[],
  current: TreeRow,
  { files, onSelect, onOpen }: Props,
  focus: (path: string | undefined) => void,
): boolean {
  const { entry, open } = current;
  const index = rows.indexOf(current);
  const isFolder = entry.kind === "folder";
  const right = () => {
    if (isFolder && !open) files.toggle(entry.path, true);
    else if (isFolder) focus(rows[index + 1]?.entry.path);
  };
  const left = () => {
    if (open) files.toggle(entry.path, false);
    else focus(folderOf(entry.path) || undefined);
  };
  const actions = new Map<string, () => void>([
    ["ArrowDown", () => focus(rows[index + 1]?.entry.path)],
    ["ArrowUp", () => focus(rows[index - 1]?.entry.path)],
    ["Home", () => focus(rows[0]?.entry.path)],
    ["End", () => focus(rows.at(-1)?.entry.path)],
    ["ArrowRight", right],
    ["ArrowLeft", left],
    ["Enter", () => (isFolder ? files.toggle(entry.path, !open) : onOpen(entry))],
    [" ", () => (isFolder ? files.toggle(entry.path, !open) : onSelect(entry))],
  ]);
  actions.get(key)?.();
  return actions.has(key);
}

interface ItemProps {
  readonly row: TreeRow;
  readonly stop: boolean;
  readonly selected: boolean;
  readonly over: boolean;
  readonly groups: () => readonly ChoiceGroup[];
  readonly onFocus: () => void;
  readonly onClick: () => void;
  readonly onDoubleClick: () => void;
  readonly onOver: (event: DragEvent) => void;
  readonly onDrop: (event: DragEvent) => void;
}

function TreeItem({ row: { entry, level, open }, stop, selected, over, groups, ...on }: ItemProps) {
  const isFolder = entry.kind === "folder";
  const Icon = isFolder ? Folder : entry.kind === "notebook" ? NotebookText : File;
  const Chevron = open ? ChevronDown : ChevronRight;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree hears the keys
    <div
      role="treeitem"
      className="file-row"
      aria-level={level}
      aria-selected={selected}
      aria-expanded={isFolder ? open : undefined}
      aria-label={entry.name}
      data-path={entry.path}
      data-over={over || undefined}
      tabIndex={stop ? 0 : -1}
      style={{ paddingLeft: 4 + (level - 1) * 16 }}
      draggable
      onDragStart={({ dataTransfer }) => dataTransfer.setData(entryType, entry.path)}
      onDragOver={on.onOver}
      onDrop={on.onDrop}
      onFocus={on.onFocus}
      onClick={on.onClick}
      onDoubleClick={on.onDoubleClick}
    >
      {isFolder ? <Chevron size={14} aria-hidden="true" /> : <span className="file-gap" />}
      <Icon size={15} aria-hidden="true" />
      <span className="file-name">{entry.name}</span>
      {isFolder ? null : <span className="file-size number">{bytesText(entry.bytes)}</span>}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: only keeps clicks on the menu from the row */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: keys on the menu are no keys of the row */}
      <span onClick={(event) => event.stopPropagation()} onDoubleClick={(event) => event.stopPropagation()}>
        <MenuButton
          label={`Actions for ${entry.name}`}
          className="icon-button small file-menu"
          groups={groups}
        >
          <Ellipsis size={15} />
        </MenuButton>
      </span>
    </div>
  );
}
