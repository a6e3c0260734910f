import type { CellEvent } from "../../kernel/notebook/protocol.ts";

type Line = Extract<CellEvent, { type: "console" }>;
type Emit = (event: CellEvent) => void;

const span = 100;
const mostLines = 50;

/**
 * At most `mostLines` printed lines pass at once in `span` ms; of those that follow within it the latest pass at its
 * end, and one line counts the others. Says whether the line passed at once. A cell that prints without end must not drown the page around.
 */
export function paced(emit: Emit): (line: Line) => boolean {
  let passed = 0;
  let waiting: Line[] = [];
  let lost = 0;
  let counting = false;
  const flush = () => {
    counting = false;
    passed = 0;
    const [first] = waiting;
    if (first && lost > 0) emit({ ...first, text: `… ${lost.toLocaleString("en-US")} lines left out` });
    for (const line of waiting) emit(line);
    waiting = [];
    lost = 0;
  };
  return (line) => {
    if (!counting) setTimeout(flush, span);
    counting = true;
    if (passed++ < mostLines) {
      emit(line);
      return true;
    }
    waiting.push(line);
    if (waiting.length > mostLines) {
      waiting.shift();
      lost++;
    }
    return false;
  };
}
