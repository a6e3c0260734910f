/** What went wrong in a run of a cell, as its author is told it. */

import { firstPlace, readFrames, sourceName } from "../compiler/frames.ts";
import { placeOfName } from "../compiler/name-place.ts";
import { locateFailure, position } from "../compiler/positions.ts";
import { type Failure, toFailure } from "../errors.ts";
import { isError } from "../thrown.ts";
import { MissingName } from "./names.ts";
import type { ProgramCell } from "./program.ts";

/** Failures that are of no place in the cell: other cells, or the user, are the cause. */
const placeless: readonly Failure["kind"][] = ["upstream", "duplicate", "cycle", "stopped"];

/** The failure of a cell's run, with its place in the author's text as far as it can be told. */
export function cellFailure(program: ProgramCell, thrown: unknown): Failure {
  const failure = toFailure(thrown);
  if (failure.line !== undefined || placeless.includes(failure.kind)) return failure;
  if (isMissing(thrown)) return { ...failure, ...placeOfName(program.cell, thrown.missing) };
  if (failure.kind === "runtime") return withRemedy(locateFailure(program.compiled, program.id, failure));
  return { ...failure, ...placeOfMistake(program, thrown) };
}

/** The user's mistake has a place, and no stack, unless it was made elsewhere. */
function placeOfMistake({ compiled, id }: ProgramCell, thrown: unknown): Partial<Failure> {
  if (!isError(thrown) || typeof thrown.stack !== "string") return {};
  const { stack, ...place } = position(compiled, thrown.stack, sourceName(id));
  const origin = firstPlace(readFrames(stack));
  return origin && origin.cell !== id ? { ...place, stack } : place;
}

function isMissing(thrown: unknown): thrown is MissingName {
  try {
    return thrown instanceof MissingName;
  } catch {
    return false;
  }
}

const remedies: readonly (readonly [message: RegExp, remedy: string])[] = [
  [/^TypeError: Assignment to constant variable/, "declare it with let instead of const"],
  [/^ReferenceError: Cannot access '.*' before initialization/, "use it below the line that defines it"],
  [
    /^RangeError: Maximum call stack size exceeded/,
    "a function calls itself without end: let it return at some point",
  ],
];

function withRemedy(failure: Failure): Failure {
  const remedy = failure.remedy ?? remedies.find(([message]) => message.test(failure.message))?.[1];
  return remedy === undefined ? failure : { ...failure, remedy };
}
