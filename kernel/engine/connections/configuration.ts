/** Where the databases lie that notebooks name: in a file of the workspace, or beside the notebook as in Notebook Kit. */
import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { z } from "zod";
import type { Workspace } from "../../catalog/workspace.ts";
import { inputError, nearest } from "../../notebook/errors.ts";

export interface Asker {
  readonly workspace: Workspace;
  /** Absolute path of the notebook. */
  readonly notebook: string;
}

export interface Connection {
  readonly name: string;
  readonly type: "sqlite" | "duckdb";
  /** Absolute path of the file; null for an empty database in memory. */
  readonly path: string | null;
}

const types = ["sqlite", "duckdb"] as const;

const entry = z.looseObject({ type: z.string(), path: z.string().optional() });
const entries = z.record(z.string(), entry);
type Entry = z.infer<typeof entry>;

/** @throws UserError when no connection has this name, or it is of a type that we do not speak */
export function findConnection(name: string, asker: Asker): Connection {
  const files = filesOf(asker);
  for (const { file, folder } of files) {
    const found = read(file)[name];
    if (found) return connection(name, found, folder);
  }
  return implicit(name, dirname(asker.notebook)) ?? unknown(name, files);
}

interface ConfigurationFile {
  readonly file: string;
  /** Where its paths start. */
  readonly folder: string;
}

function filesOf({ workspace, notebook }: Asker): ConfigurationFile[] {
  const beside = dirname(notebook);
  return [
    { file: join(workspace.kept, "connections.json"), folder: workspace.root },
    { file: join(beside, ".observable", "databases.json"), folder: beside },
  ];
}

/** Names that need no configuration in Notebook Kit either. */
function implicit(name: string, folder: string): Connection | null {
  if (name === "sqlite" || name === "duckdb") return { name, type: name, path: null };
  if (/\.duckdb$/i.test(name)) return { name, type: "duckdb", path: resolve(folder, name) };
  return /\.db$/i.test(name) ? { name, type: "sqlite", path: resolve(folder, name) } : null;
}

function connection(name: string, { type, path }: Entry, folder: string): Connection {
  const known = types.find((each) => each === type);
  if (known) return { name, type: known, path: path === undefined ? null : resolve(folder, path) };
  throw inputError(
    `connection "${name}" is of type "${type}", which cannot be queried here`,
    `types are ${types.join(" and ")}: export what you need into a file of one of them, or add it as data`,
  );
}

function read(file: string): Readonly<Record<string, Entry>> {
  const text = contentOf(file);
  if (text === null) return {};
  try {
    const result = entries.safeParse(JSON.parse(text));
    if (result.success) return result.data;
    const [issue] = result.error.issues;
    throw new Error(`${issue?.path.join(".")}: ${issue?.message}`);
  } catch (error) {
    throw inputError(`"${file}" cannot be read: ${(error as Error).message}`, `it should be ${example}`);
  }
}

const example = '{"shop": {"type": "sqlite", "path": "data/shop.db"}}';

function contentOf(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw inputError(`"${file}" cannot be read: ${(error as Error).message}`, "allow reading it");
  }
}

function unknown(name: string, files: readonly ConfigurationFile[]): never {
  const names = files.flatMap(({ file }) => Object.keys(read(file)));
  const meant = nearest(name, names);
  const known = names.length > 0 ? `connections are ${names.join(", ")}` : "there are no connections";
  const add = `add it to "${files[0]?.file}", for example ${example}`;
  throw inputError(
    `connection "${name}" not found: ${known}`,
    meant ? `did you mean "${meant}"? If not, ${add}` : add,
  );
}
