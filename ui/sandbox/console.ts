import { describe } from "../../kernel/notebook/display/describe.ts";
import { descriptionText } from "../../kernel/notebook/display/text.ts";
import type { CellEvent } from "../../kernel/notebook/protocol.ts";

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
  const captured = Object.entries(levels).map(([name, level]) => [name, capture(cell, name, level, emit)]);
  return Object.assign(Object.create(console), Object.fromEntries(captured));
}

function capture(cell: number, name: string, level: Level, emit: Emit) {
  return (...values: unknown[]) => {
    (console as unknown as Record<string, (...values: unknown[]) => void>)[name]?.(...values);
    emit({ type: "console", cell, level, text: consoleText(values) });
  };
}

/** What a console prints: strings as they are, other values on one line, errors with their stack. */
export function consoleText(values: readonly unknown[]): string {
  return values.map(valueText).join(" ");
}

function valueText(value: unknown): string {
  if (value instanceof Error) return value.stack ?? String(value);
  return descriptionText(describe(value, { depth: 3 }));
}

/** Tells errors that no cell's run caught: event handlers, timers, forgotten promises. */
export function watchErrors(emit: Emit): void {
  const tell = (thrown: unknown) =>
    emit({ type: "console", cell: null, level: "error", text: `Uncaught ${consoleText([thrown])}` });
  window.addEventListener("error", (event) => {
    if (!event.message.startsWith("ResizeObserver loop")) tell(event.error ?? event.message);
  });
  window.addEventListener("unhandledrejection", (event) => tell(event.reason));
}
