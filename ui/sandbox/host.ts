import type { Output } from "../../kernel/notebook/display/output.ts";
import { isImported } from "../../kernel/notebook/document/run-cell.ts";
import type { Failure } from "../../kernel/notebook/errors.ts";
import { namedFiles } from "../../kernel/notebook/library/attached-file.ts";
import { makeDatabaseClient } from "../../kernel/notebook/library/database-client.ts";
import { makeProgress } from "../../kernel/notebook/library/progress.ts";
import { makeSql, makeTable } from "../../kernel/notebook/library/sql.ts";
import type { BridgeMessage, CellEvent, ToSandbox } from "../../kernel/notebook/protocol.ts";
import type { CellRun, KeptResults, PlaceHost } from "../../kernel/notebook/runtime/host.ts";
import type { Ask } from "../library/context.ts";
import { makeFileAttachment } from "../library/file-attachment.ts";
import type { Library } from "../library/library.ts";
import { queryRunner } from "../library/sql.ts";
import { abortableFetch } from "./abortable-fetch.ts";
import { AskedResults } from "./asked-results.ts";
import { RunOutputs } from "./cell-run.ts";
import { CellView } from "./cell-view.ts";
import { cellConsole } from "./console.ts";
import type { EventBuffer } from "./event-buffer.ts";
import type { Imports } from "./imports.ts";
import type { InputMemory } from "./input-memory.ts";
import type { Layout } from "./layout.ts";
import type { Snapshots } from "./snapshots.ts";
import { isTimer, makeTimers, timerNames } from "./timers.ts";
import { makeVisibility } from "./visibility.ts";

export interface SandboxParts {
  readonly layout: Layout;
  readonly library: Library;
  readonly ask: Ask;
  readonly imports: Imports;
  readonly memory: InputMemory;
  readonly snapshots: Snapshots;
  readonly events: EventBuffer;
  readonly send: (message: BridgeMessage) => void;
}

/** Failures that are found before a cell runs: what it showed belongs to code that is no more. */
const beforeRun: readonly Failure["kind"][] = ["syntax", "duplicate", "cycle", "upstream"];

/** What the sandbox gives to the runtime: the library, and a view for each cell. */
export class SandboxHost implements PlaceHost {
  readonly place = "browser";
  readonly locals: ReadonlySet<string> = new Set([
    "display",
    "view",
    "console",
    "fetch",
    ...timerNames,
    "sql",
    "DatabaseClient",
    "table",
    "FileAttachment",
    "visibility",
    "progress",
    "$import",
  ]);
  readonly results: KeptResults;
  readonly #parts: SandboxParts;
  readonly #views = new Map<number, CellView>();
  readonly #runs = new Map<number, RunOutputs>();

  constructor(parts: SandboxParts) {
    this.#parts = parts;
    this.results = new AskedResults(parts.ask, {
      restore: (run, outputs) => this.#runs.get(run.cell.id)?.restore(outputs, parts.ask),
      outputs: async (run) => (await this.#views.get(run.cell.id)?.complete()) ?? [],
    });
  }

  builtin(name: string): unknown {
    return this.#parts.library.get(name)?.() ?? (globalThis as unknown as Record<string, unknown>)[name];
  }

  begin(run: CellRun, uses: readonly string[]): Readonly<Record<string, unknown>> {
    const { ask, memory, snapshots, events } = this.#parts;
    const { emit } = events;
    snapshots.cancel(run.cell.id);
    const outputs = new RunOutputs(run, this.#view(run.cell.id), memory);
    this.#runs.set(run.cell.id, outputs);
    events.begin(run);
    const query = () => queryRunner(ask, run.signal);
    const timers = uses.some(isTimer) ? makeTimers(() => run.signal) : {};
    return {
      ...timers,
      ...madeOf(uses, {
        display: () => outputs.display,
        view: () => outputs.view,
        console: () => cellConsole(run.cell.id, emit),
        progress: () => makeProgress({ cell: run.cell.id, signal: () => run.signal, emit }),
        fetch: () => abortableFetch(run.signal),
        sql: () => makeSql(query(), run.cell),
        DatabaseClient: () => makeDatabaseClient(query(), run.cell),
        table: () => makeTable(query()),
        $import: () => this.#parts.imports.importFor(run),
        FileAttachment: () =>
          makeFileAttachment(askFrom(run.cell, ask), namedFiles(run.cell.source), run.signal),
        visibility: () => makeVisibility(this.#view(run.cell.id).slot, () => run.signal),
      }),
    };
  }

  end(run: CellRun, how: "done" | "superseded" | Failure): void {
    this.#parts.events.end(run);
    if (how === "superseded") return;
    this.#runs.get(run.cell.id)?.start();
    void this.#views.get(run.cell.id)?.settle();
    if (how === "done" && !isImported(run.cell.id)) this.#parts.snapshots.done(run.cell.id);
  }

  remove(cell: number): void {
    this.#parts.snapshots.cancel(cell);
    this.#parts.memory.forget(cell);
    this.#parts.layout.remove(cell);
    this.#views.delete(cell);
    this.#runs.delete(cell);
  }

  emit(event: CellEvent): void {
    const refused = event.type === "status" && event.failure && beforeRun.includes(event.failure.kind);
    if (refused) this.#refuse(event.cell);
    this.#parts.events.emit(event);
  }

  send(message: BridgeMessage): void {
    this.#parts.send(message);
  }

  /** Shows outputs of a kernel cell, or kept ones of a cell that has not run yet. */
  showOutputs({ cell, outputs, kept, from = 0 }: Extract<ToSandbox, { type: "outputs" }>): void {
    if (kept && this.#runs.has(cell)) return;
    const view = this.#view(cell);
    if (from > 0) view.replaceFrom(from, outputs, this.#parts.ask);
    else view.replace(outputs, kept, this.#parts.ask);
  }

  /** Holds room (px) for a cell that has shown nothing yet. */
  reserve(cell: number, height: number): void {
    if (!this.#views.has(cell)) this.#view(cell).reserve(height);
  }

  /** Shows a cell as it is being written, until it runs. */
  showDraft(cell: number, element: Node): void {
    this.#parts.snapshots.cancel(cell);
    this.#view(cell).showDraft(element);
  }

  /** What a cell shows now, to be kept. */
  snapshot(cell: number): readonly Output[] | undefined {
    return this.#views.get(cell)?.snapshot();
  }

  #refuse(cell: number): void {
    const view = this.#views.get(cell);
    view?.clear();
    void view?.settle();
  }

  #view(cell: number): CellView {
    const known = this.#views.get(cell);
    if (known) return known;
    const { layout } = this.#parts;
    const view = new CellView(layout.slot(cell), () => layout.height(cell));
    this.#views.set(cell, view);
    return view;
  }
}

/** Makes what a cell uses: few cells use more than one or two of their own names. */
function madeOf(uses: readonly string[], makers: Readonly<Record<string, () => unknown>>) {
  const made: Record<string, unknown> = {};
  for (const name of uses) if (Object.hasOwn(makers, name)) made[name] = makers[name]?.();
  return made;
}

/** Files of a cell of another notebook lie beside that one. */
function askFrom({ origin }: CellRun["cell"], ask: Ask): Ask {
  if (!origin?.folder) return ask;
  return (request, signal) =>
    ask(
      request.type === "file" || request.type === "parquet"
        ? { ...request, path: `${origin.folder}/${request.path}` }
        : request,
      signal,
    );
}
