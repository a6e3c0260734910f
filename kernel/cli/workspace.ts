import { existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { prepareWorkspace, type Workspace, workspaceAt } from "../catalog/workspace.ts";
import { packageRoot } from "../package-root.ts";
import { type Shipped, shippedFiles } from "./shipped.ts";
import { sha256, writeWhole } from "./write-file.ts";

/** What was put into the workspace, so that what the user changed since can be told from what ships. */
interface Manifest {
  readonly files: Readonly<Record<string, Placed>>;
  /** The data files as last crawled: name, size and time of each. */
  readonly crawled: string | null;
}

interface Placed {
  readonly sha256: string;
  /** Size and time of the shipped file, to skip hashing when nothing changed. */
  readonly stamp: string;
}

/**
 * Makes the workspace of the examples that ship, or brings it up to date: new files are added, newer ones replace
 * copies that the user has not touched, edited and deleted notebooks stay as the user left them. Example data are
 * crawled into its catalog when they changed. Takes a few milliseconds when nothing did.
 */
export async function prepareExamples(
  root = join(packageRoot(), ".percolate", "examples"),
): Promise<Workspace> {
  const workspace = workspaceAt(root);
  prepareWorkspace(workspace);
  for (const folder of [workspace.notebooks, workspace.templates, workspace.data])
    mkdirSync(folder, { recursive: true });
  const manifestPath = join(workspace.kept, "shipped.json");
  const before = readManifest(manifestPath);
  const shipped = shippedFiles(packageRoot());
  const files = Object.fromEntries(shipped.map((file) => [file.target, place(file, root, before)]));
  const data = dataStamp(shipped, root);
  if (data !== before.crawled) await crawlExamples(workspace);
  const manifest: Manifest = { files, crawled: data };
  const text = JSON.stringify(manifest, null, 1);
  if (text !== JSON.stringify(before, null, 1)) writeWhole(manifestPath, text);
  return workspace;
}

/** Copies one file if that is due, and says what of ours now lies there. */
function place(file: Shipped, root: string, before: Manifest): Placed {
  const target = join(root, file.target);
  const placed = before.files[file.target];
  const stamp = stampOf(file.source);
  const present = existsSync(target);
  if (placed?.stamp === stamp && (present || !file.data)) return placed;
  const now: Placed = { sha256: sha256(readFileSync(file.source)), stamp };
  const touched = present
    ? sha256(readFileSync(target)) !== placed?.sha256
    : placed !== undefined && !file.data;
  if (touched) return { ...now, sha256: placed?.sha256 ?? "" };
  if (!present || now.sha256 !== placed?.sha256) copy(file.source, target);
  return now;
}

function copy(source: string, target: string): void {
  mkdirSync(dirname(target), { recursive: true });
  writeWhole(target, readFileSync(source));
}

function stampOf(path: string): string {
  const { size, mtimeMs } = statSync(path);
  return `${size} ${Math.round(mtimeMs)}`;
}

function dataStamp(shipped: readonly Shipped[], root: string): string {
  const data = shipped.filter((file) => file.data && existsSync(join(root, file.target)));
  return data.map((file) => `${file.target} ${stampOf(join(root, file.target))}`).join("\n");
}

function readManifest(path: string): Manifest {
  if (!existsSync(path)) return { files: {}, crawled: null };
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Manifest;
  } catch {
    return { files: {}, crawled: null };
  }
}

async function crawlExamples(workspace: Workspace): Promise<void> {
  const [{ openCatalog }, { crawl }] = await Promise.all([
    import("../catalog/catalog.ts"),
    import("../crawl/crawl.ts"),
  ]);
  const catalog = openCatalog(workspace);
  try {
    await crawl({ catalog, path: workspace.data, database: "main" });
  } finally {
    catalog.close();
  }
}
