import { beforeAll, expect, test } from "vitest";
import { installDom } from "../../../kernel/session/dom.ts";

interface Element {
  value: unknown;
  readonly outerHTML: string;
}

type Factory = (...values: readonly unknown[]) => Element;

let Inputs: Readonly<Record<string, Factory>>;
let Plot: { plot(options: object): Element; [name: string]: (...values: never[]) => unknown };

beforeAll(async () => {
  installDom();
  Inputs = (await import("@observablehq/inputs")) as unknown as typeof Inputs;
  Plot = (await import("@observablehq/plot")) as unknown as typeof Plot;
});

function make(kind: string, ...values: readonly unknown[]): Element {
  const factory = Inputs[kind];
  if (!factory) throw new Error(`no Inputs.${kind}`);
  return factory(...values);
}

test.each([
  ["range", [[0, 10], { step: 1, value: 3 }], 3],
  ["range", [[0, 10], { step: 1 }], 5],
  ["range", [[0, 1], { step: 0.1, value: 0.3 }], 0.3],
  ["number", [[0, 10], { value: 4 }], 4],
  ["text", [{ value: "a" }], "a"],
  ["textarea", [{ value: "b" }], "b"],
  ["toggle", [{ value: true }], true],
  ["toggle", [{}], false],
  ["select", [["a", "b", "c"], { value: "b" }], "b"],
  ["select", [["a", "b", "c"]], "a"],
  ["select", [["a", "b", "c"], { multiple: true, value: ["a", "c"] }], ["a", "c"]],
  ["radio", [["a", "b"], { value: "b" }], "b"],
  ["radio", [["a", "b"]], null],
  ["checkbox", [["a", "b"], { value: ["b"] }], ["b"]],
  ["color", [{ value: "#ff0000" }], "#ff0000"],
] as const)("Inputs.%s has its first value without a browser", (kind, values, expected) => {
  expect(make(kind, ...values).value).toEqual(expected);
});

test.each([
  ["range", [[0, 10], { step: 1 }], 7],
  ["number", [[0, 10], {}], 7],
  ["text", [{}], "hello"],
  ["toggle", [{}], true],
  ["select", [["a", "b", "c"]], "c"],
  ["radio", [["a", "b"]], "b"],
  ["checkbox", [["a", "b"]], ["a", "b"]],
] as const)("Inputs.%s takes a value without a browser", (kind, values, value) => {
  const input = make(kind, ...values);
  input.value = value;
  expect(input.value).toEqual(value);
});

test("dates are dates", () => {
  const value = make("date", { value: "2024-02-29" }).value as Date;
  expect(value.toISOString()).toBe("2024-02-29T00:00:00.000Z");
});

test("a continuous colour legend is drawn, as a picture", () => {
  const chart = Plot.plot({
    color: { legend: true },
    marks: [
      (Plot.dot as (...values: unknown[]) => unknown)(
        [
          { x: 1, c: 0 },
          { x: 2, c: 5 },
        ],
        { x: "x", fill: "c" },
      ),
    ],
  });
  const url = /data:image\/png;base64,([^"]+)/.exec(chart.outerHTML)?.[1] ?? "";
  const bytes = Buffer.from(url, "base64");
  expect([...bytes.subarray(1, 4)]).toEqual([..."PNG"].map((letter) => letter.charCodeAt(0)));
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([256, 1]);
});
