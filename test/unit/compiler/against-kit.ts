import { transpile } from "@observablehq/notebook-kit";
import type { CompiledCell } from "../../../kernel/notebook/compiler/compiled.ts";
import { runCell } from "./compile-cell.ts";

/** Notebook Kit is the reference for what a cell needs, gives and shows. */
export type Theirs = ReturnType<typeof transpile>;
export type ScriptMode = "js" | "ts";

export function theirs(source: string, mode: ScriptMode): Theirs | null {
  try {
    return transpile(source, mode);
  } catch {
    return null;
  }
}

/** What the cell is to the notebook. Notebook Kit does not count `display` as an input of an expression. */
const faceOf = (inputs: readonly string[] = [], outputs: readonly string[] = [], autodisplay = false) => ({
  inputs: inputs.filter((name) => !(autodisplay && name === "display")).sort(),
  outputs,
  autodisplay,
});

export const ourFace = ({ inputs, outputs, autodisplay }: CompiledCell) =>
  faceOf(inputs, outputs, autodisplay);
export const theirFace = ({ inputs, outputs, autodisplay }: Theirs) => faceOf(inputs, outputs, autodisplay);

/** The names that random cells use without declaring them. */
const known: Readonly<Record<string, unknown>> = {
  x: 3,
  y: "why",
  list: [1, { a: 2 }, [3]],
  id: (value: unknown) => value,
  tag: (strings: TemplateStringsArray, ...values: unknown[]) => [[...strings], [...strings.raw], values],
};

/** What comes of a run: what it gives and shows, or its error, and what it showed before. */
type Run = (names: Readonly<Record<string, unknown>>, displayed: unknown[]) => Promise<unknown>;

async function outcomeOf(run: Run): Promise<string> {
  const displayed: unknown[] = [];
  const display = (value: unknown) => {
    displayed.push(value);
    return value;
  };
  const names = { ...known, list: structuredClone(known.list), display };
  const result = await run(names, displayed).then(describeValue, describeError);
  return `${result} showing ${describeValue(displayed)}`;
}

/** V8 quotes code in its messages, but not always alike. */
function describeError(thrown: unknown): string {
  if (!(thrown instanceof Error)) return `thrown ${describeValue(thrown)}`;
  return `${thrown.name}: ${thrown.message.replaceAll(/(\(intermediate value\))+/g, "(…)")}`;
}

function describeValue(value: unknown, depth = 5): string {
  const inner = (item: unknown) => describeValue(item, depth - 1);
  if (typeof value === "function") return `function/${value.length}`;
  // A function made into text shows its blanks and commas.
  if (typeof value === "string") return JSON.stringify(value.replaceAll(/[\s;]|,\s*(?=\))/g, ""));
  if (typeof value !== "object" || value === null)
    return typeof value === "bigint" ? `${value}n` : String(value);
  if (depth === 0) return "…";
  if (value instanceof Map) return `Map${inner([...value])}`;
  if (Array.isArray(value)) return `[${value.map(inner).join()}]`;
  const entries = Object.entries(Object.getOwnPropertyDescriptors(value)).map(
    ([key, item]) => `${key}: ${"value" in item ? inner(item.value) : "accessor"}`,
  );
  return `${value.constructor?.name ?? ""}{${entries.join()}}`;
}

export function ourOutcome(compiled: CompiledCell): Promise<string> {
  return outcomeOf(async (names, displayed) => {
    const { outputs, displayed: shown } = await runCell(compiled, names);
    if (compiled.autodisplay) displayed.push(...shown);
    return outputs;
  });
}

export function theirOutcome({ body, inputs = [], outputs = [], autodisplay }: Theirs): Promise<string> {
  return outcomeOf(async (names, displayed) => {
    const cell = new Function(`"use strict"; return (${body})`)();
    const result = await cell(...inputs.map((name) => names[name]));
    if (autodisplay) displayed.push(result);
    return outputs.length > 0 ? result : {};
  });
}
