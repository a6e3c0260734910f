/** Runs cells in Node: the host of the kernel process's runtime and of headless runs. */
import { setMaxListeners } from "node:events";
import { join } from "node:path";
import { format } from "node:util";
import type { Catalog } from "../catalog/catalog.ts";
import type { Workspace } from "../catalog/workspace.ts";
import { connect } from "../engine/connections/connections.ts";
import type { CatalogEngine, SqlEngine } from "../engine/engine.ts";
import { authorText } from "../notebook/compiler/frames.ts";
import type { LoaderSpec } from "../notebook/compiler/loader.ts";
import { lasting, type Output } from "../notebook/display/output.ts";
import type { Place } from "../notebook/document/notebook.ts";
import { isImported } from "../notebook/document/run-cell.ts";
import type { Failure } from "../notebook/errors.ts";
import type { ExploreAnswer, ExploreAsk, FileColumn, FileType } from "../notebook/explore/requests.ts";
import { makeDatabaseClient } from "../notebook/library/database-client.ts";
import { makeProgress } from "../notebook/library/progress.ts";
import { makeSql, makeTable, type RunQuery } from "../notebook/library/sql.ts";
import type { SqlQuery } from "../notebook/library/sql-template.ts";
import type { BridgeMessage, CellEvent, TableInfo } from "../notebook/protocol.ts";
import type { CellRun, PlaceHost } from "../notebook/runtime/host.ts";
import { literal } from "../notebook/sql-text.ts";
import type { QueryResult } from "../notebook/table.ts";
import { libraryValue } from "./builtins.ts";
import { Displays } from "./displays.ts";
import { exploreAnswer } from "./explore.ts";
import { attachedPath, type FileAttachmentOptions, makeFileAttachment } from "./files.ts";
import { SessionResults } from "./kept-results.ts";
import { makeLoader } from "./loaders/loader.ts";
import { SessionModules } from "./modules.ts";
import { Paced } from "./paced.ts";
import { ResultTable, Tables } from "./tables.ts";
import { isTimer, makeTimers, timerNames } from "./timers.ts";
import { Values } from "./values.ts";

export interface SessionOptions {
  readonly place: Place | "all";
  readonly workspace: Workspace;
  /** Absolute path of the notebook. */
  readonly notebook: string;
  readonly catalog: () => Promise<Catalog>;
  readonly engine: () => Promise<CatalogEngine>;
  readonly emit: (event: CellEvent) => void;
  readonly send: (message: BridgeMessage) => void;
  /** What `view` does with an input element. */
  readonly view: (run: CellRun, input: unknown) => unknown;
  /** May put something in the place of a name of the library. */
  readonly wrap?: (name: string, value: unknown) => unknown;
  /** Rows that a table shows at first, and whether more can be asked for. */
  readonly rows: number;
  readonly paged: boolean;
  readonly patience: number;
}

const locals: ReadonlySet<string> = new Set([
  "display",
  "view",
  "console",
  "sql",
  "DatabaseClient",
  "table",
  "visibility",
  "FileAttachment",
  "progress",
  "$import",
  "$load",
  "fetch",
  ...timerNames,
]);

export class SessionHost implements PlaceHost {
  readonly place: Place | "all";
  readonly locals = locals;
  readonly tables = new Tables();
  readonly values = new Values();
  readonly results: SessionResults;
  #notebook: string;
  readonly #options: SessionOptions;
  readonly #modules: SessionModules;
  /** What each cell shows, and the displays of its present run while nothing has come of them. */
  readonly #shown = new Map<number, Displays>();
  readonly #coming = new Map<number, Displays>();
  readonly #library = new Map<string, unknown>();
  /** Tell what a cell shows. */
  readonly #tellers = new Map<number, Paced>();

  constructor(options: SessionOptions) {
    this.#options = options;
    this.place = options.place;
    this.#notebook = options.notebook;
    this.results = new SessionResults(options.workspace, () => this.#notebook, {
      restore: (run, outputs) => this.#coming.get(run.cell.id)?.restore(outputs),
      outputs: (run) => this.#outputsOf(run),
    });
    this.#modules = new SessionModules({
      root: options.workspace.root,
      own: (name) => this.builtin(name),
    });
  }

  /** The notebook has another path now. */
  moved(notebook: string): void {
    this.#notebook = notebook;
  }

  builtin(name: string): unknown {
    if (!this.#library.has(name)) this.#library.set(name, this.#builtin(name));
    return this.#library.get(name);
  }

  #builtin(name: string): unknown {
    if (name === "tables") return () => this.tableInfos();
    const value = libraryValue(name) ?? (globalThis as unknown as Record<string, unknown>)[name];
    const { wrap } = this.#options;
    return wrap && value instanceof Promise ? value.then((loaded) => wrap(name, loaded)) : value;
  }

  begin(run: CellRun, uses: readonly string[]): Readonly<Record<string, unknown>> {
    const displays = this.#displays(run);
    this.#coming.set(run.cell.id, displays);
    const rows: RunQuery<QueryResult> = (query, database) => this.#rows(query, database, run);
    const kept: RunQuery<ResultTable> = (query, database) => this.#kept(query, database, run);
    return {
      display: displays.display,
      view: (input: unknown) => {
        displays.display(input);
        return this.#options.view(run, input);
      },
      console: this.#console(run.cell.id),
      sql: makeSql<QueryResult | ResultTable>(run.cell.mode === "sql" ? kept : rows, run.cell),
      DatabaseClient: makeDatabaseClient(rows, run.cell),
      table: makeTable(rows),
      visibility: <T>(value?: T) => Promise.resolve(value),
      FileAttachment: makeFileAttachment(this.#fileOptions(run), (name) =>
        this.parquet(name, run.signal, run),
      ),
      progress: makeProgress({
        cell: run.cell.id,
        signal: () => run.signal,
        emit: (event) => this.emit(event),
      }),
      $import: this.#modules.importFor(this.#notebookOf(run), run),
      $load: this.#loader(run),
      fetch: abortableFetch(run),
      ...(uses.some(isTimer) ? makeTimers(() => run.signal) : {}),
    };
  }

  end(run: CellRun, how: "done" | "superseded" | Failure): void {
    if (how !== "superseded") this.#reveal(run.cell.id);
  }

  remove(cell: number): void {
    this.#shown.get(cell)?.release();
    this.#coming.get(cell)?.release();
    this.#shown.delete(cell);
    this.#coming.delete(cell);
    this.#tellers.delete(cell);
  }

  emit(event: CellEvent): void {
    this.#options.emit(event);
  }

  send(message: BridgeMessage): void {
    this.#options.send(message);
  }

  outputs(cell: number): Output[] {
    return this.#shown.get(cell)?.outputs() ?? [];
  }

  /** Resolves when nothing that is displayed is still on its way. */
  async displayed(): Promise<void> {
    await Promise.all([...this.#shown.values()].map((displays) => displays.ready()));
  }

  async #outputsOf({ cell }: CellRun): Promise<readonly Output[]> {
    const displays = this.#coming.get(cell.id) ?? this.#shown.get(cell.id);
    await displays?.ready();
    return (displays?.outputs() ?? []).map(lasting);
  }

  async tableInfos(): Promise<TableInfo[]> {
    const catalog = await this.#options.catalog();
    return catalog.tables().map(({ database, name, columns, rowCount, bytes }) => ({
      database,
      name,
      columns: columns.map((column) => ({ name: column.name, type: column.type })),
      rowCount,
      bytes,
    }));
  }

  #fileOptions(run?: CellRun): FileAttachmentOptions {
    return { notebook: this.#notebookOf(run), root: this.#options.workspace.root };
  }

  /** Absolute path of the notebook that a cell stands in. */
  #notebookOf(run?: CellRun): string {
    const { workspace, notebook } = this.#options;
    return run?.cell.origin ? join(workspace.root, run.cell.origin.notebook) : notebook;
  }

  /** The rows of a Parquet file beside the notebook, as an Arrow IPC stream. */
  async parquet(name: string, signal: AbortSignal, run?: CellRun): Promise<Uint8Array> {
    const path = attachedPath(name, this.#fileOptions(run));
    const engine = await this.#options.engine();
    const result = await engine.query(`SELECT * FROM read_parquet(${literal(path)})`, [], { signal });
    try {
      return await result.arrow();
    } finally {
      result.release();
    }
  }

  #displays(run: CellRun): Displays {
    const { rows, paged, patience } = this.#options;
    const changed = () => {
      if (this.#coming.get(run.cell.id) === displays) this.#reveal(run.cell.id);
      else if (this.#shown.get(run.cell.id) === displays) this.#announce(run.cell.id);
    };
    const displays = new Displays({
      tables: this.tables,
      values: this.values,
      rows,
      paged,
      patience,
      changed,
      get signal() {
        return run.signal;
      },
    });
    return displays;
  }

  /** The present run's displays take the place of the last run's. */
  #reveal(cell: number): void {
    const coming = this.#coming.get(cell);
    if (!coming) return;
    this.#coming.delete(cell);
    this.#shown.get(cell)?.release();
    this.#shown.set(cell, coming);
    this.#announce(cell);
  }

  #announce(cell: number): void {
    if (isImported(cell)) return;
    const teller = this.#tellers.get(cell) ?? new Paced(() => this.#tell(cell));
    this.#tellers.set(cell, teller);
    teller.ask();
  }

  #tell(cell: number): void {
    const displays = this.#shown.get(cell);
    if (displays) this.emit({ type: "outputs", cell, ...displays.changes() });
  }

  /** Answers what a page asks about a table that a cell shows. */
  explore(table: string, ask: ExploreAsk, signal: AbortSignal): Promise<ExploreAnswer> {
    const source = this.tables.source(table) ?? this.values.source(table);
    return exploreAnswer(source, ask, this.#options.engine, signal);
  }

  /** A file of columns that the page sent. */
  async tableFile(columns: readonly FileColumn[], as: FileType, signal: AbortSignal): Promise<Uint8Array> {
    return (await this.#options.engine()).file(columns, as, signal);
  }

  /** The engine over the catalog, or that of a connection. */
  async engine(database: string | null): Promise<SqlEngine> {
    return database === null ? await this.#options.engine() : connect(database, this.#options);
  }

  async #kept({ sql, params }: SqlQuery, database: string | null, run: CellRun): Promise<ResultTable> {
    const engine = await this.engine(database);
    // A cell may run any number of queries at once.
    setMaxListeners(0, run.signal);
    return new ResultTable(await engine.query(sql, params, { signal: run.signal }));
  }

  async #rows(query: SqlQuery, database: string | null, run: CellRun): Promise<QueryResult> {
    const table = await this.#kept(query, database, run);
    try {
      return await table.rows();
    } finally {
      table.result.release();
    }
  }

  #loader(run: CellRun) {
    const { workspace, notebook, engine } = this.#options;
    const print = (text: string) => this.emit({ type: "console", cell: run.cell.id, level: "warn", text });
    // The signal is made when it is asked for: few cells do.
    return (spec: LoaderSpec) =>
      makeLoader({ notebook, root: workspace.root, engine, signal: run.signal, print })(spec);
  }

  #console(cell: number) {
    const write =
      (level: "log" | "info" | "warn" | "error") =>
      (...values: unknown[]) =>
        this.emit({ type: "console", cell, level, text: authorText(format(...values)) });
    const methods = {
      log: write("log"),
      info: write("info"),
      warn: write("warn"),
      error: write("error"),
      debug: write("log"),
    };
    return Object.assign(Object.create(console), methods);
  }
}

/** `fetch` that ends with the run. */
function abortableFetch(run: CellRun): typeof fetch {
  return (input, init) => {
    const own = init?.signal;
    return fetch(input, { ...init, signal: own ? AbortSignal.any([run.signal, own]) : run.signal });
  };
}
