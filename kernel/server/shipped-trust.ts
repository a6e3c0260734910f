import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Trust } from "./trust.ts";

/** What ships with Percolate may run at once, as long as it reads as it shipped. */
export function trustShipped(trust: Trust, root: string): void {
  for (const text of ["notebooks", "templates"].flatMap((folder) => textsIn(join(root, folder))))
    if (!trust.isTrusted(text)) trust.trust(text);
}

function textsIn(folder: string): string[] {
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith(".html"));
    return names.map((name) => readFileSync(join(folder, name), "utf8"));
  } catch {
    return [];
  }
}
