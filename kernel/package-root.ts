import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Percolate's own folder: what ships lies here. The same from the source tree and from the bundle in dist/. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!isOurs(folder)) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error("percolate's package.json is not above its own code");
    folder = parent;
  }
  return folder;
}

export function packageVersion(): string {
  return (readPackage(packageRoot()) as { version: string }).version;
}

function isOurs(folder: string): boolean {
  return existsSync(join(folder, "package.json")) && readPackage(folder).name === "percolate";
}

function readPackage(folder: string): { name?: string; version?: string } {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}
