/** Names of the libraries that a stack passes through. */

/** What cells call a package. */
const names: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/^@observablehq[/_]plot$/, "Plot"],
  [/^@observablehq[/_]inputs$/, "Inputs"],
  [/^d3(-.*)?$/, "d3"],
  [/^@duckdb[/_]/, "DuckDB"],
  [/^arquero$/, "aq"],
  [/^@uwdata[/_]flechette$/, "Arrow"],
];

const places: readonly RegExp[] = [
  /.*\/node_modules\/(?!\.)((?:@[^/]+\/)?[^/]+)\//,
  /\/deps\/([\w@.-]+)\.js\b/,
  /\/(?:assets|chunks)\/npm\.([\w@.-]+)-[\w-]{8}\.js\b/,
];

/** The library whose code a line of a stack is in; undefined when it is in none. */
export function libraryOf(line: string): string | undefined {
  for (const place of places) {
    const found = place.exec(line)?.[1];
    if (found !== undefined) return named(found);
  }
  return undefined;
}

function named(found: string): string {
  return names.find(([pattern]) => pattern.test(found))?.[1] ?? found;
}
