import type { TableColumn } from "../notebook/display/output.ts";
import { type Cell, type Notebook, placeOf } from "../notebook/document/notebook.ts";
import { type Failure, toFailure } from "../notebook/errors.ts";
import type { Completions, LanguageRequest, Problem } from "../notebook/language.ts";
import { type CompletionParts, complete, explain } from "./complete.ts";
import { Foreseen } from "./foreseen.ts";
import { hover, signature } from "./hover.ts";
import type { LanguageServer } from "./lsp.ts";
import { definition, format, references, rename, renamed } from "./navigate.ts";
import { NotebookFiles } from "./notebook-files.ts";
import { Offers } from "./offers.ts";
import { fixesOf, problemsOf } from "./problems.ts";
import type { LanguageProject } from "./project.ts";
import { completeSql, type SqlNames } from "./sql-complete.ts";
import { type CellQuery, queryOf } from "./sql-describe.ts";
import { namedTables } from "./tables.ts";
import { isInHole, textOfTemplate } from "./template-code.ts";
import { isScript } from "./virtual-file.ts";

export interface NotebookParts {
  readonly project: LanguageProject;
  readonly server: LanguageServer;
  describe(sql: string, params: number): Promise<readonly TableColumn[]>;
  names(): Promise<SqlNames>;
  closed(): void;
}

/** Time after the last change until mistakes are looked for, in ms. */
const quietMs = 150;

/** One open notebook, as the language service has it. */
export class NotebookLanguage {
  readonly #parts: NotebookParts;
  readonly #files: NotebookFiles;
  readonly #completion: CompletionParts;
  readonly #listeners = new Set<(cell: number, problems: readonly Problem[]) => void>();
  readonly #told = new Map<number, string>();
  /** Cells whose mistakes may have changed. */
  readonly #dirty = new Set<number>();
  /** SQL that was described last, by cell, and what is wrong with it. */
  readonly #described = new Map<number, string>();
  readonly #sqlProblems = new Map<number, Problem>();
  #whenLooked: (() => void)[] = [];
  #timer: NodeJS.Timeout | null = null;
  #looking = false;
  #trusted = false;
  #closed = false;

  constructor(path: string, parts: NotebookParts) {
    this.#parts = parts;
    this.#files = new NotebookFiles(path, parts.project, parts.server);
    const foreseen = new Foreseen(this.#files, parts.server);
    this.#completion = { files: this.#files, server: parts.server, foreseen, offers: new Offers() };
  }

  /** Calls back with a cell's mistakes whenever they change, until the returned function is called. */
  on(listener: (cell: number, problems: readonly Problem[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Takes over the notebook's present text.
   * @param trusted whether its SQL may be shown to the engine, which looks into the files that it names
   */
  update(notebook: Notebook, trusted: boolean): void {
    if (this.#closed) return;
    const before = this.#files.cells;
    const changed = this.#files.update(notebook);
    this.#completion.foreseen.changed(changed, before);
    if (trusted && !this.#trusted) changed.push(...notebook.cells.filter(onTheCatalog).map(({ id }) => id));
    this.#trusted = trusted;
    for (const id of changed) {
      this.#dirty.add(id);
      for (const user of this.#files.dependents(id)) this.#dirty.add(user);
    }
    for (const id of this.#told.keys()) if (!this.#files.cell(id)) this.#forget(id);
    if (changed.length > 0) this.#lookLater();
  }

  /** Answers a question about the text as last told. @throws UserError for what cannot be done */
  answer(request: LanguageRequest): Promise<unknown> {
    const [files, server] = [this.#files, this.#parts.server];
    switch (request.type) {
      case "complete":
        return this.#complete(request);
      case "explain":
        return explain(this.#completion, request);
      case "hover":
        return hover(files, server, request);
      case "signature":
        return signature(files, server, request);
      case "definition":
        return definition(files, server, request);
      case "references":
        return references(files, server, request);
      case "rename":
        return request.name === null
          ? renamed(files, server, request)
          : rename(files, server, { ...request, name: request.name });
      case "format":
        return format(files, server, request.cell);
      case "fixes":
        return fixesOf(files, server, request);
      case "tables":
        return namedTables(files, server);
    }
  }

  /** In SQL what the catalog has; in code, wherever it stands, what TypeScript knows; in other text nothing. */
  async #complete(request: Extract<LanguageRequest, { type: "complete" }>): Promise<Completions | null> {
    const cell = this.#files.cell(request.cell);
    if (!cell) return null;
    if (isScript(cell) || isInHole(cell.source, request.at)) return complete(this.#completion, request);
    if (cell.mode !== "sql" || cell.database !== null) return null;
    return completeSql(textOfTemplate(cell.source), request.at, await this.#parts.names());
  }

  /** Fulfilled once all mistakes in the present text are told. */
  async settled(): Promise<void> {
    while (this.#timer || this.#looking) await new Promise<void>((resolve) => this.#whenLooked.push(resolve));
  }

  /** All mistakes known now, by cell. */
  problems(): Record<number, readonly Problem[]> {
    return Object.fromEntries([...this.#told].map(([id, text]) => [id, JSON.parse(text) as Problem[]]));
  }

  catalogChanged(): void {
    this.#described.clear();
    this.lookAgain();
  }

  /** Something changed that any cell may depend on. */
  lookAgain(): void {
    this.#completion.foreseen.forget();
    for (const { id } of this.#files.cells) this.#dirty.add(id);
    this.#lookLater();
  }

  close(): void {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    for (const resolve of this.#whenLooked.splice(0)) resolve();
    this.#completion.foreseen.close();
    this.#files.close();
    this.#listeners.clear();
    this.#parts.closed();
  }

  #lookLater(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.#look();
    }, quietMs);
  }

  /** Looks at one cell after another, so that a question in between is answered at once. */
  async #look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    while (this.#dirty.size > 0 && !this.#closed) {
      const some = [...this.#dirty];
      this.#dirty.clear();
      await this.#describeAll(some);
      for (const id of some) if (!this.#closed) await this.#lookAt(id);
    }
    this.#looking = false;
    for (const resolve of this.#whenLooked.splice(0)) resolve();
  }

  async #lookAt(id: number): Promise<void> {
    const found = await problemsOf(this.#files, this.#parts.server, id);
    const sql = this.#sqlProblems.get(id);
    if (!this.#closed && this.#files.cell(id)) this.#tell(id, sql ? [...found, sql] : found);
  }

  #tell(id: number, problems: readonly Problem[]): void {
    const text = JSON.stringify(problems);
    if ((this.#told.get(id) ?? "[]") === text) return;
    this.#told.set(id, text);
    for (const listener of this.#listeners) listener(id, problems);
  }

  #forget(id: number): void {
    this.#told.delete(id);
    this.#described.delete(id);
    this.#sqlProblems.delete(id);
    this.#dirty.delete(id);
  }

  async #describeAll(ids: readonly number[]): Promise<void> {
    if (!this.#trusted) return;
    const cells = ids.flatMap((id) => this.#files.cell(id) ?? []);
    await Promise.all(cells.filter(onTheCatalog).map((cell) => this.#describe(cell)));
  }

  async #describe({ id, source }: Cell): Promise<void> {
    if (this.#described.get(id) === source) return;
    this.#described.set(id, source);
    this.#sqlProblems.delete(id);
    const query = queryOf(source);
    const columns = query && (await this.#columnsOf(id, query));
    if (this.#described.get(id) !== source) return;
    // While it is being written, a query keeps the columns that it had.
    if (!columns || !this.#files.setColumns(id, columns)) return;
    this.#completion.foreseen.forget();
    for (const user of this.#files.dependents(id)) this.#dirty.add(user);
  }

  async #columnsOf(id: number, { sql, params }: CellQuery): Promise<readonly TableColumn[] | null> {
    try {
      return await this.#parts.describe(sql, params);
    } catch (thrown) {
      const problem = problemOf(sql, toFailure(thrown), params > 0);
      if (problem) this.#sqlProblems.set(id, problem);
      return null;
    }
  }
}

function onTheCatalog(cell: Cell): boolean {
  return cell.mode === "sql" && cell.database === null && placeOf(cell) === "kernel";
}

/** Where a parameter may turn out to be a name, syntax cannot be judged. */
function problemOf(sql: string, failure: Failure, open: boolean): Problem | null {
  if (failure.kind !== "sql" || failure.line === undefined) return null;
  if (open && /syntax|parameter/i.test(failure.message)) return null;
  const before = sql.split("\n").slice(0, failure.line - 1);
  const from = before.reduce((sum, line) => sum + line.length + 1, 0) + (failure.column ?? 1) - 1;
  const word = /^(?:[\p{L}_][\p{L}\p{N}_]*|"[^"\n]*"|.)/su.exec(sql.slice(from))?.[0] ?? "";
  const message = failure.remedy ? `${failure.message}; ${failure.remedy}` : failure.message;
  return {
    from,
    to: Math.min(sql.length, from + Math.max(1, word.length)),
    severity: "error",
    message,
    code: null,
  };
}
