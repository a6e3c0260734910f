/** Results of cells that run once, kept in the workspace's store by this process itself. */
import { realpathSync } from "node:fs";
import { relative, sep } from "node:path";
import type { Workspace } from "../catalog/workspace.ts";
import { decode, encodeResult } from "../notebook/bridge/codec.ts";
import type { Output } from "../notebook/display/output.ts";
import { inputError } from "../notebook/errors.ts";
import type { CellRun, KeptResults } from "../notebook/runtime/host.ts";
import { isLazy, lazy } from "../notebook/runtime/lazy.ts";
import { codeHash } from "../outputs/code-hash.ts";
import { OutputStore, type ResultKey } from "../outputs/store.ts";

/** What is shown of a run. */
export interface RunDisplays {
  restore(run: CellRun, outputs: readonly Output[]): void;
  /** Resolves when nothing more is on its way. */
  outputs(run: CellRun): Promise<readonly Output[]>;
}

interface Content {
  readonly values: Readonly<Record<string, unknown>>;
  readonly outputs: readonly Output[];
}

export class SessionResults implements KeptResults {
  readonly #workspace: Workspace;
  readonly #notebook: () => string;
  readonly #displays: RunDisplays;
  readonly #work = new Set<Promise<void>>();
  #store: OutputStore | null = null;

  /** @param notebook absolute path of the notebook; it may be moved while it runs */
  constructor(workspace: Workspace, notebook: () => string, displays: RunDisplays) {
    this.#workspace = workspace;
    this.#notebook = notebook;
    this.#displays = displays;
  }

  async recall(run: CellRun, inputs: string) {
    const kept = this.#open().recall(this.#key(run, inputs));
    if (!kept) return null;
    const { values, outputs } = decode(kept.result) as Content;
    this.#displays.restore(run, outputs);
    return { at: kept.at, values };
  }

  remember(run: CellRun, inputs: string, values: Readonly<Record<string, unknown>>): Promise<void> {
    const work = this.#remember(run, inputs, values);
    const settled = work.catch(() => {}).finally(() => this.#work.delete(settled));
    this.#work.add(settled);
    return work;
  }

  /** Resolves when all is written. */
  async written(): Promise<void> {
    await Promise.all(this.#work);
  }

  close(): void {
    this.#store?.close();
    this.#store = null;
  }

  async #remember(run: CellRun, inputs: string, values: Readonly<Record<string, unknown>>): Promise<void> {
    const result = encodeResult(await awake(values), await this.#displays.outputs(run));
    const kept = this.#open().remember(this.#key(run, inputs), { at: Date.now(), result });
    if (!kept) throw cannotKeep();
  }

  /** Opened when first used. @throws UserError where it cannot be. */
  #open(): OutputStore {
    this.#store ??= new OutputStore(this.#workspace);
    return this.#store;
  }

  #key({ cell }: CellRun, inputs: string): ResultKey {
    const path = relative(realpathSync(this.#workspace.root), this.#notebook());
    return { notebook: path.split(sep).join("/"), cell: cell.id, code: codeHash(cell), inputs };
  }
}

/** Where a result was neither kept nor refused. */
export function cannotKeep() {
  return inputError("it is larger than 256 MB, or the disk is full");
}

/** Rows of a query as themselves, before they are kept. */
async function awake(values: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>> {
  const entries = await Promise.all(
    Object.entries(values).map(async ([name, value]) => [name, isLazy(value) ? await value[lazy]() : value]),
  );
  return Object.fromEntries(entries);
}
