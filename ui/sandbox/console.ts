import { uncaughtLine } from "../../kernel/notebook/display/error-text.ts";
import type { CellEvent } from "../../kernel/notebook/protocol.ts";
import { paced } from "./console-pace.ts";
import { consoleText } from "./console-text.ts";

type Level = Extract<CellEvent, { type: "console" }>["level"];
type Emit = (event: CellEvent) => void;

const levels: Readonly<Record<string, Level>> = {
  log: "log",
  debug: "log",
  info: "info",
  warn: "warn",
  error: "error",
};

/** The `console` of one cell: tells the page around, and the browser's own console as well. */
export function cellConsole(cell: number, emit: Emit): Console {
  const tell = paced(emit);
  const captured = Object.entries(levels).map(([name, level]) => [name, capture(cell, name, level, tell)]);
  return Object.assign(Object.create(console), Object.fromEntries(captured));
}

function capture(cell: number, name: string, level: Level, tell: ReturnType<typeof paced>) {
  return (...values: unknown[]) => {
    const passed = tell({ type: "console", cell, level, text: consoleText(values) });
    if (passed) (console as unknown as Record<string, (...values: unknown[]) => void>)[name]?.(...values);
  };
}

/**
 * Tells errors that no cell's run caught: event handlers, timers, forgotten promises. Stacks become long enough to
 * reach through a library to the cell.
 */
export function watchErrors(emit: Emit): void {
  Object.assign(Error, { stackTraceLimit: 50 });
  const pass = paced(emit);
  window.addEventListener("error", ({ message, error, filename, lineno, colno }) => {
    if (message.startsWith("ResizeObserver loop")) return;
    pass(uncaughtLine(error ?? message, `    at ${filename}:${lineno}:${colno}`));
  });
  window.addEventListener("unhandledrejection", ({ reason }) => pass(uncaughtLine(reason)));
}
