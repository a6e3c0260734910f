import { type InputLike, inputValue } from "../../kernel/notebook/library/generators.ts";

type Settable = { -readonly [K in keyof InputLike]: InputLike[K] };

/** Sets an input's value without telling; an input that refuses keeps the value it has. */
export function setInput(element: InputLike, value: unknown): void {
  if (element.type === "file" || sameValue(inputValue(element), value)) return;
  const before = inputValue(element);
  try {
    assign(element as Settable, value);
    if (isNothing(inputValue(element)) && !isNothing(value)) assign(element as Settable, before);
  } catch {
    // The options changed and the value is gone: the input's own default stands.
  }
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}

function assign(element: Settable, value: unknown): void {
  if (element.type === "checkbox") element.checked = value as boolean;
  else if (element.type === "select-multiple") selectOptions(element, value as readonly string[]);
  else if (value instanceof Date && (element.type === "date" || element.type === "datetime-local"))
    element.valueAsDate = value;
  else element.value = value;
}

function selectOptions(element: Settable, values: readonly string[]): void {
  const options = (element as unknown as { options: Iterable<{ value: string; selected: boolean }> }).options;
  for (const option of options) option.selected = values.includes(option.value);
}

function sameValue(a: unknown, b: unknown): boolean {
  return Object.is(a, b) || (a instanceof Date && b instanceof Date && a.getTime() === b.getTime());
}
