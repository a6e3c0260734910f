/**
 * What editors ask about cells, answered by TypeScript's language server and, for SQL, by the engine. One server for a
 * workspace; it starts with the first question.
 */
import type { Workspace } from "../catalog/workspace.ts";
import type { TableColumn } from "../notebook/display/output.ts";
import type { TableInfo } from "../notebook/protocol.ts";
import { LanguageServer } from "./lsp.ts";
import { NotebookLanguage } from "./notebook-language.ts";
import { LanguageProject } from "./project.ts";
import { rowType } from "./row-type.ts";
import type { SqlNames } from "./sql-complete.ts";

export interface LanguageParts {
  readonly workspace: Workspace;
  /** The catalog's tables, now. */
  tables(): readonly Pick<TableInfo, "database" | "name" | "columns">[];
  /** The columns that a query would give. @throws UserError with its place, for a mistake in it */
  describe(sql: string, params: number): Promise<readonly TableColumn[]>;
  /** The engine's functions, with what they take. */
  functions(): Promise<SqlNames["functions"]>;
}

export class LanguageService {
  readonly #parts: LanguageParts;
  readonly #project: LanguageProject;
  readonly #server: LanguageServer;
  readonly #open = new Set<NotebookLanguage>();
  #functions: Promise<SqlNames["functions"]> | null = null;

  constructor(parts: LanguageParts) {
    this.#parts = parts;
    this.#project = new LanguageProject(parts.workspace);
    this.#server = new LanguageServer(this.#project.root);
    this.#writeTables();
  }

  /** Process of the language server, if it runs. */
  get pid(): number | undefined {
    return this.#server.pid;
  }

  /** @param path of the notebook, in the workspace */
  open(path: string): NotebookLanguage {
    const notebook = new NotebookLanguage(path, {
      project: this.#project,
      server: this.#server,
      describe: this.#parts.describe,
      names: () => this.#names(),
      closed: () => this.#open.delete(notebook),
    });
    this.#open.add(notebook);
    return notebook;
  }

  /** Tables have come, gone or changed. */
  catalogChanged(): void {
    this.#writeTables();
    for (const notebook of this.#open) notebook.catalogChanged();
  }

  async close(): Promise<void> {
    for (const notebook of this.#open) notebook.close();
    await this.#server.close();
  }

  async #names(): Promise<SqlNames> {
    this.#functions ??= this.#parts.functions().catch(() => []);
    return { tables: this.#parts.tables(), functions: await this.#functions };
  }

  #writeTables(): void {
    const tables = this.#parts.tables();
    const names = tables.flatMap((table) => [
      [`${table.database}.${table.name}`, table] as const,
      ...(table.database === "main" ? [[table.name, table] as const] : []),
    ]);
    const lines = names.map(([name, { columns }]) => `  ${JSON.stringify(name)}: ${rowType(columns)};`);
    const text = `declare namespace Percolate {\n interface Tables {\n${lines.join("\n")}\n }\n}\n`;
    this.#server.write(this.#project.tables, text);
  }
}
