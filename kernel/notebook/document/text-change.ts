import { ChangeSet, Text } from "@codemirror/state";
import { inputError } from "../errors.ts";
import type { TextChange } from "./operations.ts";

/** Source text as CodeMirror counts it: one character a line break. */
export function toText(source: string): Text {
  return Text.of(source.split("\n"));
}

/**
 * A text change as CodeMirror's own object, checked.
 * @param length characters of the text that it applies to
 * @throws UserError kind "input" if it is not a change, or is for a text of another length
 */
export function toChangeSet(change: TextChange, length: number): ChangeSet {
  if (!isChange(change))
    throw inputError("the text change is not a CodeMirror ChangeSet", "reopen the notebook");
  const set = ChangeSet.fromJSON(change);
  if (set.length === length) return set;
  throw inputError(
    `the text change is for a text of ${set.length} characters, but the cell has ${length}`,
    "reopen the notebook",
  );
}

/** The text after a change. Line breaks are "\n", whatever was put in. */
export function applyChange(source: string, change: TextChange): string {
  const set = toChangeSet(change, source.length);
  return set.empty ? source : plainBreaks(set.apply(toText(source)).toString());
}

/** As many characters as before, so that positions in concurrent changes stay true. */
function plainBreaks(text: string): string {
  return text.includes("\r") ? text.replace(/\r/g, "\n") : text;
}

function isChange(value: unknown): value is unknown[] {
  return Array.isArray(value) && value.every(isSection);
}

function isSection(value: unknown): boolean {
  if (!Array.isArray(value)) return isLength(value);
  const [deleted, ...lines] = value;
  return isLength(deleted) && lines.every((line) => typeof line === "string");
}

function isLength(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
