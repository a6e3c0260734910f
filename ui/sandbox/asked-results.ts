import { encodeResult } from "../../kernel/notebook/bridge/codec.ts";
import type { Output } from "../../kernel/notebook/display/output.ts";
import { inputError } from "../../kernel/notebook/errors.ts";
import type { CellRun, KeptResults } from "../../kernel/notebook/runtime/host.ts";
import type { Ask } from "../library/context.ts";

interface RunDisplays {
  restore(run: CellRun, outputs: readonly Output[]): void;
  /** Resolves when nothing more is on its way. */
  outputs(run: CellRun): Promise<readonly Output[]>;
}

interface Kept {
  readonly at: number;
  readonly result: {
    readonly values: Readonly<Record<string, unknown>>;
    readonly outputs: readonly Output[];
  };
}

/** Results of cells that run once: the server keeps them. */
export class AskedResults implements KeptResults {
  readonly #ask: Ask;
  readonly #displays: RunDisplays;

  constructor(ask: Ask, displays: RunDisplays) {
    this.#ask = ask;
    this.#displays = displays;
  }

  async recall(run: CellRun, inputs: string) {
    const kept = (await this.#ask({ type: "recall", cell: run.cell.id, inputs }, run.signal)) as Kept | null;
    if (!kept) return null;
    this.#displays.restore(run, kept.result.outputs);
    return { at: kept.at, values: kept.result.values };
  }

  async remember(run: CellRun, inputs: string, values: Readonly<Record<string, unknown>>): Promise<void> {
    const result = encodeResult(values, await this.#displays.outputs(run));
    const kept = await this.#ask({ type: "remember", cell: run.cell.id, inputs, result }, run.signal);
    if (!kept) throw inputError("it is larger than 256 MB, or the disk is full");
  }
}
