/** A run of a cell with policy `once`: its kept result if there is one, else a run whose result is kept. */
import { failureText, toFailure } from "../errors.ts";
import type { CellRun, KeptResults } from "./host.ts";
import type { InputsHash } from "./inputs-hash.ts";

type Values = Record<string, unknown>;

export interface OnceRun {
  readonly results: KeptResults;
  readonly run: CellRun;
  readonly inputs: InputsHash;
  /** It was asked to run although its result stands. */
  readonly forced: boolean;
  readonly body: () => Promise<Values>;
  /** The values are those of a run at that time (ms since 1970). */
  readonly restored: (at: number) => void;
  /** The result is not kept, and why. */
  readonly note: (text: string) => void;
}

export async function runOnce(once: OnceRun): Promise<Values> {
  const { inputs } = once;
  if ("why" in inputs) {
    once.note(notKept(inputs.why));
    return await once.body();
  }
  const kept = once.forced ? null : await recalled(once, inputs.hash);
  if (kept) return kept;
  const values = await once.body();
  void keep(once, inputs.hash, values);
  return values;
}

/** What is kept is only a help: where it cannot be had, the cell runs. */
async function recalled({ results, run, restored }: OnceRun, hash: string): Promise<Values | null> {
  const kept = await results.recall(run, hash).catch(() => null);
  if (kept && !run.signal.aborted) restored(kept.at);
  return kept?.values ?? null;
}

async function keep({ results, run, note }: OnceRun, hash: string, values: Values): Promise<void> {
  try {
    const names = Object.keys(values);
    const settled = await Promise.all(Object.values(values));
    if (run.signal.aborted) return;
    await results.remember(run, hash, Object.fromEntries(names.map((name, index) => [name, settled[index]])));
  } catch (error) {
    if (!run.signal.aborted) note(notKept(failureText({ ...toFailure(error), remedy: "" })));
  }
}

function notKept(why: string): string {
  return `not kept: ${why}`;
}
