import type { FileShape } from "../catalog/crawled-files.ts";
import { compatible } from "./compatible.ts";
import type { ListedFile } from "./list.ts";
import { stemOf } from "./name-hint.ts";
import { type Placement, placementOf } from "./partitions.ts";

/** A file that was read, now or by an earlier crawl. */
export interface GroupedFile {
  readonly file: ListedFile;
  readonly shape: FileShape;
}

/** The files of one table. */
export interface Group {
  readonly files: readonly GroupedFile[];
  /** As wanted; the catalog may have it already. */
  readonly name: string;
  readonly because: string;
  readonly partitionKeys: readonly string[];
}

/**
 * Which files are one table. Files at the root are a table each. Files of one folder (or of the `key=value` folders
 * below it) with the same format and compatible columns are one table with the folder's name.
 * @param rootName names the table whose `key=value` folders lie at the root.
 */
export function groupFiles(files: readonly GroupedFile[], rootName: string): readonly Group[] {
  const places = new Map<string, { placement: Placement; files: GroupedFile[] }>();
  for (const file of files) {
    const placement = placementOf(file.file.relative);
    const key = JSON.stringify([placement.folders, Object.keys(placement.partition), file.shape.format]);
    const place = places.get(key) ?? { placement, files: [] };
    place.files.push(file);
    places.set(key, place);
  }
  return [...places.values()].flatMap(({ placement, files }) => groupsAt(placement, files, rootName));
}

function groupsAt(placement: Placement, files: readonly GroupedFile[], rootName: string): Group[] {
  const partitionKeys = Object.keys(placement.partition);
  const folder = placement.folders.at(-1);
  if (folder === undefined && partitionKeys.length === 0)
    return files.map((file) => alone(file, "it lies at the root"));
  const clusters = clustered(files, partitionKeys.length > 0);
  const largest = clusters.reduce((a, b) => (b.length > a.length ? b : a));
  return clusters.map((cluster) =>
    cluster === largest && isFolderTable(cluster, clusters, partitionKeys)
      ? whole(cluster, folder ?? rootName, partitionKeys)
      : part(cluster, partitionKeys),
  );
}

/** Each file joins the first files that it is compatible with. */
function clustered(files: readonly GroupedFile[], partitioned: boolean): GroupedFile[][] {
  const clusters: GroupedFile[][] = [];
  for (const file of files) {
    const fitting = clusters.find(
      (cluster) => cluster[0] && compatible(cluster[0].shape, file.shape, partitioned),
    );
    if (fitting) fitting.push(file);
    else clusters.push([file]);
  }
  return clusters;
}

/** A folder names its table when it has several files of it, or `key=value` folders, or a file that names nothing. */
function isFolderTable(
  cluster: readonly GroupedFile[],
  clusters: readonly GroupedFile[][],
  partitionKeys: readonly string[],
): boolean {
  if (cluster.length > 1) return true;
  if (clusters.length > 1) return false;
  return partitionKeys.length > 0 || cluster.every(({ file }) => namesNothing(stemOf(file.path)));
}

/** "2024-01", "part-0001", "data": the folder says more. */
function namesNothing(stem: string): boolean {
  return /^(part|data|file|export|chunk|page)?[-_.\d]*$/i.test(stem);
}

function whole(files: readonly GroupedFile[], name: string, partitionKeys: readonly string[]): Group {
  const count = files.length.toLocaleString("en");
  const folders = partitionKeys.length > 0 ? ` in its ${partitionKeys.join(", ")} folders` : "";
  const because =
    files.length === 1
      ? `its only file${folders} has no name of its own`
      : `its ${count} files${folders} have the same format and compatible columns`;
  return { files, name, because: `folder "${name}": ${because}`, partitionKeys };
}

/** Files that do not fit the folder's table: by the `key=value` folders that they share, or by their own name. */
function part(files: readonly GroupedFile[], partitionKeys: readonly string[]): Group {
  const [first] = files;
  if (first === undefined) throw new Error("a group has at least one file");
  const shared = sharedLevels(files);
  if (shared.length > 0) {
    const because = `folder "${shared.join("/")}": its columns are not those of the folders beside it`;
    return { files, name: shared.join("_"), because, partitionKeys };
  }
  return {
    ...alone(first, "its columns are not those of the other files in its folder"),
    files,
    partitionKeys,
  };
}

/** `key=value` folders that all files lie in. */
function sharedLevels(files: readonly GroupedFile[]): string[] {
  const levels = files.map(({ file }) => file.relative.split("/").filter((segment) => segment.includes("=")));
  return (levels[0] ?? []).filter((level) => levels.every((other) => other.includes(level)));
}

function alone(file: GroupedFile, why: string): Group {
  const because = `file "${file.file.relative}": ${why}`;
  return { files: [file], name: stemOf(file.file.path), because, partitionKeys: [] };
}
