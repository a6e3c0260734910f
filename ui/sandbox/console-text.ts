import { describe } from "../../kernel/notebook/display/describe.ts";
import { errorText } from "../../kernel/notebook/display/error-text.ts";
import { descriptionText } from "../../kernel/notebook/display/text.ts";
import { isError } from "../../kernel/notebook/thrown.ts";

const longest = 20_000;

/** What a console prints: strings as they are, other values on one line, errors with their stack in cells and causes. */
export function consoleText(values: readonly unknown[]): string {
  const text = formatted(values).map(valueText).join(" ");
  return text.length <= longest ? text : `${text.slice(0, longest)}… ${sizeText(text)} in all`;
}

function sizeText(text: string): string {
  return `${text.length.toLocaleString("en-US")} characters`;
}

/** `%s`, `%d`, `%i`, `%f`, `%o`, `%O` and `%%` of a first string take the values after it; `%c` takes its style away. */
function formatted(values: readonly unknown[]): readonly unknown[] {
  const [first, ...rest] = values;
  if (typeof first !== "string" || rest.length === 0 || !first.includes("%")) return values;
  const text = first.replace(/%([sdifoOc%])/g, (directive, letter: string) => {
    if (letter === "%") return "%";
    return rest.length > 0 ? directiveText(letter, rest.shift()) : directive;
  });
  return [text, ...rest];
}

function directiveText(letter: string, value: unknown): string {
  if (letter === "c") return "";
  if (letter === "d" || letter === "f") return String(Number(value));
  return letter === "i" ? String(Math.trunc(Number(value))) : valueText(value);
}

function valueText(value: unknown): string {
  if (isError(value)) return errorText(value);
  return descriptionText(describe(value, { depth: 3, text: longest + 1 }));
}
