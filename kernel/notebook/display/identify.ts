import type { Shape } from "./children.ts";
import { classNames, ownData } from "./class-names.ts";
import { dateText, functionText } from "./leaf.ts";
import { nodeText } from "./node-text.ts";
import type { Description } from "./output.ts";

/** What an object is: its kind, its text, and for a composite how to read its entries. */
export interface Identity {
  readonly kind: Description["kind"];
  readonly text: string;
  readonly shape?: Shape;
}

type Test = (value: object, names: readonly string[]) => Identity | undefined;

const typedTag = Object.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype),
  Symbol.toStringTag,
)?.get;

/** Each test confirms by brand what the class names suggest, as anyone can name a class `Map`. */
const tests: readonly Test[] = [array, date, regexp, error, map, set, typedArray, buffer, promise, node];

/** Identifies an object or function. Never throws, whatever proxies and prototypes do. */
export function identify(value: object): Identity {
  if (typeof value === "function") return identifyFunction(value);
  const names = classNames(value);
  for (const test of tests) {
    const found = attempt(() => test(value, names));
    if (found) return found;
  }
  return { kind: "object", text: names[0] ?? "Object", shape: "object" };
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function identifyFunction(value: object): Identity {
  const name = ownData(value, "name");
  const source = attempt(() => Function.prototype.toString.call(value)) ?? "";
  return { kind: "function", text: functionText(typeof name === "string" ? name : "", source) };
}

function array(value: object, names: readonly string[]): Identity | undefined {
  return Array.isArray(value) ? { kind: "array", text: names[0] ?? "Array", shape: "array" } : undefined;
}

function date(value: object, names: readonly string[]): Identity | undefined {
  if (!names.includes("Date")) return undefined;
  return { kind: "date", text: dateText(Date.prototype.getTime.call(value)) };
}

function regexp(value: object, names: readonly string[]): Identity | undefined {
  if (!names.includes("RegExp")) return undefined;
  const source = Object.getOwnPropertyDescriptor(RegExp.prototype, "source")?.get?.call(value);
  const flags = Object.getOwnPropertyDescriptor(RegExp.prototype, "flags")?.get?.call(value);
  return { kind: "regexp", text: `/${source}/${flags}` };
}

function error(value: object, names: readonly string[]): Identity | undefined {
  if (!names.includes("Error") && !names.includes("DOMException")) return undefined;
  const message = ownData(value, "message") ?? inheritedMessage(value, names);
  return {
    kind: "error",
    text: message ? `${names[0]}: ${message}` : (names[0] ?? "Error"),
    shape: "error",
  };
}

/** A DOMException keeps its message behind the platform's own getter. */
function inheritedMessage(value: object, names: readonly string[]): unknown {
  return names[0] === "DOMException" ? (value as { message?: unknown }).message : undefined;
}

function map(value: object, names: readonly string[]): Identity | undefined {
  if (!names.includes("Map")) return undefined;
  Map.prototype.has.call(value, undefined);
  return { kind: "map", text: names[0] ?? "Map", shape: "map" };
}

function set(value: object, names: readonly string[]): Identity | undefined {
  if (!names.includes("Set")) return undefined;
  Set.prototype.has.call(value, undefined);
  return { kind: "set", text: names[0] ?? "Set", shape: "set" };
}

function typedArray(value: object, names: readonly string[]): Identity | undefined {
  if (!typedTag?.call(value)) return undefined;
  return { kind: "typedarray", text: names[0] ?? "TypedArray", shape: "typedarray" };
}

function buffer(value: object, names: readonly string[]): Identity | undefined {
  const name = names.find((each) => /^(Shared)?ArrayBuffer$|^DataView$/.test(each));
  if (!name) return undefined;
  const bytes = (value as ArrayBuffer).byteLength;
  return { kind: "object", text: `${name}(${bytes.toLocaleString("en-US")} bytes)` };
}

function promise(_value: object, names: readonly string[]): Identity | undefined {
  return names.includes("Promise") ? { kind: "promise", text: "Promise" } : undefined;
}

function node(value: object, names: readonly string[]): Identity | undefined {
  return names.includes("Node") ? { kind: "node", text: nodeText(value) } : undefined;
}
