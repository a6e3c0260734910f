/** Why a value cannot cross, and what to do instead. */
import { toFailure, UserError } from "../errors.ts";

/** Steps from the value to one of its parts: keys, indexes, or text such as `get("a")` for what is inside of maps. */
export type Path = readonly (string | number | Step)[];

/** A step that is written as it stands. */
export class Step {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

const usualRemedy =
  "run the cell that uses it in the same place, or pass plain data, dates, maps, typed arrays or tables";

const remedies: Readonly<Record<string, string>> = {
  Blob: "pass its bytes: await blob.arrayBuffer()",
  File: "pass its bytes: await file.arrayBuffer()",
  "a promise": "await it in the cell that defines the name",
  Response: "pass what it holds: await response.json(), or .text(), or .arrayBuffer()",
  Proxy: "pass a plain copy: {...value}",
};

export function refusal(value: unknown, path: Path): UserError {
  const { what, remedy } = kindOf(value);
  return refused(`is ${what}, which cannot cross between browser and kernel`, path, remedy);
}

/** Looking at a part of the value threw. */
export function unreadable(thrown: unknown, path: Path): UserError {
  return refused(
    `cannot be read: ${toFailure(thrown).message}`,
    path,
    "pass plain data, without getters that throw",
  );
}

export function refused(why: string, path: Path, remedy = usualRemedy): UserError {
  const where = path.length === 0 ? "" : ` (at ${pathText(path)})`;
  return new UserError({ kind: "transfer", message: `the value${where} ${why}`, remedy });
}

function kindOf(value: unknown): { readonly what: string; readonly remedy?: string } {
  if (typeof value !== "object" || value === null) return { what: `a ${typeof value}` };
  const what = objectKind(value);
  const remedy = remedies[what.replace("an instance of ", "")];
  return remedy === undefined ? { what } : { what, remedy };
}

function objectKind(value: object): string {
  if (typeof (value as { then?: unknown }).then === "function") return "a promise";
  if ("nodeType" in value) return "a DOM node";
  const name = value.constructor?.name;
  return name ? `an instance of ${name}` : "an object with a prototype of its own";
}

function pathText(path: Path): string {
  return path.map(stepText).join("").replace(/^\./, "");
}

function stepText(step: string | number | Step): string {
  if (step instanceof Step) return `.${step.text}`;
  if (typeof step === "number") return `[${step}]`;
  return /^[A-Za-z_$][\w$]*$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
}
