import type { OutputsEvent } from "../protocol.ts";
import type { Output } from "./output.ts";

/** What a cell shows after such a change. */
export function shownAfter(
  before: readonly Output[],
  { outputs, from = 0 }: Pick<OutputsEvent, "outputs" | "from">,
): readonly Output[] {
  return from === 0 ? outputs : [...before.slice(0, from), ...outputs];
}
