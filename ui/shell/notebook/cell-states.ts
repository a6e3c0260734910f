import { placeOf } from "../../../kernel/notebook/document/notebook.ts";
import type { Failure } from "../../../kernel/notebook/errors.ts";
import type { ProgressEvent } from "../../../kernel/notebook/library/progress.ts";
import type { CellEvent, CellStatus } from "../../../kernel/notebook/protocol.ts";
import type { Program } from "./program.ts";

export interface ConsoleLine {
  /** Counts the lines of a run, from 1. */
  readonly number: number;
  readonly level: "log" | "info" | "warn" | "error";
  readonly text: string;
  /** How often it was printed, one time after the other. */
  readonly count: number;
}

/** What the page knows of a cell's runs. */
export interface CellState {
  /** Null before the cell has ever been told of. */
  readonly status: CellStatus | null;
  /** `performance.now()` when it began to run. */
  readonly since: number;
  /** Duration of the last run that ended. */
  readonly ms?: number;
  readonly failure?: Failure;
  /** Why it is out of date, or why its result is not kept. */
  readonly note?: string;
  /** It did not run: its result is the one kept then (ms since 1970). */
  readonly keptAt?: number;
  /** What it shows is from another session, and this old (ms since 1970). */
  readonly shownAt?: number;
  readonly lines: readonly ConsoleLine[];
  /** Of the present run, those that are not over. */
  readonly bars: readonly ProgressEvent[];
}

/** By cell; those that began to run last come last. */
export type CellStates = ReadonlyMap<number, CellState>;

export const untold: CellState = { status: null, since: 0, lines: [], bars: [] };

/** Where lines are kept that were printed outside of any cell: in the kernel, and in the page. */
export const kernelLines = 0;
export const pageLines = -1;

const mostLines = 500;

/** The states after an event. @param now `performance.now()` */
export function reduceStates(states: CellStates, event: CellEvent, now: number): CellStates {
  if (event.type === "outputs") return withoutShown(states, event.cell);
  const id = event.cell ?? kernelLines;
  const state = states.get(id) ?? untold;
  const next = new Map(states);
  if (begins(state, event)) next.delete(id);
  return next.set(id, after(state, event, now));
}

function after(state: CellState, event: StatusEvent | ConsoleEvent | ProgressEvent, now: number): CellState {
  if (event.type === "status") return withStatus(state, event, now);
  return event.type === "progress" ? withBar(state, event) : withLine(state, event);
}

type StatusEvent = Extract<CellEvent, { type: "status" }>;
type ConsoleEvent = Extract<CellEvent, { type: "console" }>;

function begins(state: CellState, event: CellEvent): boolean {
  return event.type === "status" && event.status === "running" && state.status !== "running";
}

function withStatus(state: CellState, event: StatusEvent, now: number): CellState {
  const starts = begins(state, event);
  const ms = event.ms ?? state.ms;
  return {
    status: event.status,
    since: starts ? now : state.since,
    lines: starts ? [] : state.lines,
    bars: event.status === "running" && !starts ? state.bars : [],
    ...(ms === undefined ? {} : { ms }),
    ...(event.failure ? { failure: event.failure } : {}),
    ...(event.note === undefined ? {} : { note: event.note }),
    ...(event.keptAt === undefined ? {} : { keptAt: event.keptAt }),
    ...(state.shownAt === undefined || ended(event) ? {} : { shownAt: state.shownAt }),
  };
}

/** What it shows is now of this session. */
function ended({ status }: StatusEvent): boolean {
  return status === "done" || status === "failed";
}

function withoutShown(states: CellStates, id: number): CellStates {
  const state = states.get(id);
  if (state?.shownAt === undefined) return states;
  const { shownAt: _, ...rest } = state;
  return new Map(states).set(id, rest);
}

/** The states of a notebook that was just opened: cells that have not run yet show what they showed last. */
export function withKept(
  states: CellStates,
  kept: Readonly<Record<number, { readonly at: number }>>,
): CellStates {
  const next = new Map(states);
  for (const [key, { at }] of Object.entries(kept)) {
    const state = states.get(Number(key)) ?? untold;
    const live = state.status === "done" || state.status === "failed";
    if (!live) next.set(Number(key), { ...state, shownAt: at });
  }
  return next;
}

/** The same line again is counted, not shown again. */
function withLine(state: CellState, { level, text }: ConsoleEvent): CellState {
  const last = state.lines.at(-1);
  if (last?.level === level && last.text === text)
    return { ...state, lines: [...state.lines.slice(0, -1), { ...last, count: last.count + 1 }] };
  const number = (last?.number ?? 0) + 1;
  return { ...state, lines: [...state.lines.slice(1 - mostLines), { number, level, text, count: 1 }] };
}

/** The states without what a cell printed so far. */
export function withoutLines(states: CellStates, id: number): CellStates {
  const state = states.get(id);
  return state ? new Map(states).set(id, { ...state, lines: [] }) : states;
}

/** Of a run that is over, a bar that comes late is not shown. */
function withBar(state: CellState, event: ProgressEvent): CellState {
  const others = state.bars.filter(({ bar }) => bar !== event.bar);
  const shown = event.over || state.status !== "running" ? others : [...others, event];
  return { ...state, bars: shown.sort((a, b) => a.bar - b.bar) };
}

/** The states after (re)connecting: the kernel's cells as it tells them, the others as they were. */
export function withKernel(states: CellStates, events: readonly CellEvent[], program: Program): CellStates {
  const kept: CellStates = new Map([...states].filter(([id]) => !inKernel(program, id)));
  return events.reduce((sum, event) => reduceStates(sum, event, performance.now()), kept);
}

/** The states while the server is away: how far its cells have got is not known. */
export function withoutKernel(states: CellStates, program: Program): CellStates {
  const unknown = ([id, state]: readonly [number, CellState]) =>
    inKernel(program, id) && (state.status === "running" || state.status === "waiting");
  return new Map(
    [...states].map((entry) => (unknown(entry) ? [entry[0], { ...entry[1], status: null }] : entry)),
  );
}

function inKernel(program: Program, id: number): boolean {
  if (id === kernelLines) return true;
  const cell = program.cells.get(id);
  return cell !== undefined && placeOf(cell) === "kernel";
}
