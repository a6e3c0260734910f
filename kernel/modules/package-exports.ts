/** Which file of a package an import means: `exports` with its conditions and patterns, or the older fields. */
export interface PackageJson {
  readonly name?: string;
  readonly version?: string;
  readonly type?: string;
  readonly exports?: unknown;
  readonly main?: string;
  readonly module?: string;
  readonly browser?: unknown;
}

export type Conditions = ReadonlySet<string>;

/**
 * Paths in the package to try for `subpath` ("" or "/sub"), the likeliest first; null when the package does not export
 * it.
 */
export function packagePaths(json: PackageJson, subpath: string, conditions: Conditions): string[] | null {
  if (json.exports === undefined || json.exports === null) return olderPaths(json, subpath, conditions);
  const path = exportedPath(json.exports, `.${subpath}`, conditions);
  return path === null ? null : [path];
}

function olderPaths(json: PackageJson, subpath: string, conditions: Conditions): string[] {
  if (subpath !== "") return withEndings(`.${subpath}`);
  const browser = conditions.has("browser")
    ? [typeof json.browser === "string" ? json.browser : undefined, json.module]
    : [];
  return [...browser, json.main, "index"].flatMap((path) => (path ? withEndings(path) : []));
}

function withEndings(path: string): string[] {
  return ["", ".js", ".mjs", ".cjs", ".json", "/index.js", "/index.mjs"].map((ending) => path + ending);
}

function exportedPath(exports: unknown, subpath: string, conditions: Conditions): string | null {
  const table = isTable(exports) ? exports : { ".": exports };
  if (subpath in table && !subpath.includes("*")) return pick(table[subpath], "", conditions);
  const patterns = Object.keys(table).filter((key) => key.includes("*"));
  for (const key of patterns.sort((a, b) => b.length - a.length)) {
    const [before = "", after = ""] = key.split("*");
    const fits = subpath.startsWith(before) && subpath.endsWith(after) && subpath.length >= key.length;
    if (fits)
      return pick(table[key], subpath.slice(before.length, subpath.length - after.length), conditions);
  }
  return null;
}

function isTable(exports: unknown): exports is Record<string, unknown> {
  const keys = typeof exports === "object" && exports && !Array.isArray(exports) ? Object.keys(exports) : [];
  return keys.some((key) => key.startsWith("."));
}

function pick(target: unknown, star: string, conditions: Conditions): string | null {
  if (typeof target === "string") return target.startsWith("./") ? target.replaceAll("*", star) : null;
  if (Array.isArray(target)) return firstOf(target, star, conditions);
  if (typeof target !== "object" || target === null) return null;
  const wanted = Object.entries(target).filter(([key]) => key === "default" || conditions.has(key));
  return firstOf(
    wanted.map(([, value]) => value),
    star,
    conditions,
  );
}

function firstOf(targets: readonly unknown[], star: string, conditions: Conditions): string | null {
  for (const target of targets) {
    const found = pick(target, star, conditions);
    if (found !== null) return found;
  }
  return null;
}
