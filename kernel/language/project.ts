/** The folder in which cells stand as files, as far as the language server can tell. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Workspace } from "../catalog/workspace.ts";
import { packageRoot } from "../package-root.ts";

const tablesFile = "tables.d.ts";

/**
 * Under `.percolate/language/`, each cell is `PATH-OF-NOTEBOOK.cell-ID.ts`, so that what it imports lies where it
 * lies for the notebook: `rootDirs` lays the workspace over the folder. These files are never on disk.
 */
export class LanguageProject {
  readonly root: string;

  /** Writes the project's settings. */
  constructor(workspace: Workspace) {
    this.root = join(workspace.kept, "language");
    mkdirSync(this.root, { recursive: true, mode: 0o700 });
    writeFileSync(this.tables, "");
    writeFileSync(
      join(this.root, "tsconfig.json"),
      JSON.stringify(settings(workspace.root, this.root), null, 2),
    );
  }

  /** Declarations of the catalog's tables. On disk it is empty. */
  get tables(): string {
    return join(this.root, tablesFile);
  }

  /** The file of a cell. Its folder exists from now on: imports are not looked up in one that does not. */
  cell(notebook: string, id: number): string {
    const path = join(this.root, ...notebook.split("/")) + suffix(id);
    mkdirSync(dirname(path), { recursive: true });
    return path;
  }

  /** As the file of one cell of a notebook imports another's. */
  module(notebook: string, id: number): string {
    return `./${notebook.split("/").at(-1)}${suffix(id)}`;
  }
}

const suffix = (id: number) => `.cell-${id}.ts`;

/** The cell that a file is of, if it is one of this notebook. */
export function cellOfFile(path: string, notebook: string): number | null {
  const [, id] = /\.cell-(\d+)\.ts$/.exec(path) ?? [];
  return id !== undefined && path.replaceAll("\\", "/").endsWith(notebook + suffix(Number(id)))
    ? Number(id)
    : null;
}

/** Whether something comes from a cell's file, of whatever notebook. */
export function isCellModule(module: string): boolean {
  return /\.cell-\d+(\.ts)?$/.test(module);
}

function settings(workspace: string, root: string) {
  const ours = join(packageRoot(), "node_modules");
  return {
    compilerOptions: {
      target: "esnext",
      module: "esnext",
      moduleResolution: "bundler",
      lib: ["esnext", "dom", "dom.iterable", "dom.asynciterable"],
      // Cells are written in a hurry, over data that may lack values: what cannot be told is let be.
      strict: true,
      strictNullChecks: false,
      noImplicitAny: false,
      useUnknownInCatchVariables: false,
      allowJs: true,
      allowImportingTsExtensions: true,
      resolveJsonModule: true,
      isolatedModules: true,
      noEmit: true,
      skipLibCheck: true,
      types: ["node"],
      typeRoots: [join(ours, "@types")],
      rootDirs: [workspace, root],
      paths: {
        "npm:*": paths(workspace, ours),
        "*": paths(workspace, ours),
      },
    },
    files: [join(packageRoot(), "kernel/language/types/library.d.ts"), tablesFile],
    include: ["**/*.ts"],
  };
}

function paths(workspace: string, ours: string): string[] {
  const folders = [join(workspace, "node_modules"), ours];
  return folders.flatMap((folder) => [`${folder}/@types/*`, `${folder}/*`]);
}
