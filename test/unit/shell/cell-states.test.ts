import { expect, test } from "vitest";
import type { CellEvent } from "../../../kernel/notebook/protocol.ts";
import { type CellStates, reduceStates, withoutLines } from "../../../ui/shell/notebook/cell-states.ts";
import { endedRuns } from "../../../ui/shell/notebook/long-runs.ts";

const printed = (text: string, level: "log" | "warn" = "log"): CellEvent => ({
  type: "console",
  cell: 1,
  level,
  text,
});
const status = (status: "running" | "done" | "failed" | "stopped", cell = 1): CellEvent => ({
  type: "status",
  cell,
  status,
});

const after = (events: readonly CellEvent[], from: CellStates = new Map(), now = 0) =>
  events.reduce((states, event) => reduceStates(states, event, now), from);

const linesOf = (states: CellStates) => states.get(1)?.lines.map(({ text, count }) => [text, count]);

test("the same line again is counted; another one, or of another level, is a line of its own", () => {
  const states = after([printed("a"), printed("a"), printed("b"), printed("a"), printed("a", "warn")]);
  expect(linesOf(states)).toEqual([
    ["a", 2],
    ["b", 1],
    ["a", 1],
    ["a", 1],
  ]);
});

test("what was printed can be cleared, and a new run begins without it", () => {
  const states = after([printed("a"), printed("b")]);
  expect(linesOf(withoutLines(states, 1))).toEqual([]);
  expect(linesOf(after([status("running")], states))).toEqual([]);
  expect(withoutLines(states, 7)).toBe(states);
});

test("a long run is told when it ends, well or not, but not when it was stopped or was short", () => {
  const running = after([status("running"), status("running", 2), status("running", 3)], new Map(), 1000);
  const short = after([status("done")], running, 3000);
  expect(endedRuns(running, short, 3000)).toEqual([]);
  const ended = after([status("done"), status("failed", 2), status("stopped", 3)], running, 7000);
  expect(endedRuns(running, ended, 7000)).toEqual([
    { cell: 1, ok: true, ms: 6000 },
    { cell: 2, ok: false, ms: 6000 },
  ]);
  expect(endedRuns(ended, ended, 9000)).toEqual([]);
});
