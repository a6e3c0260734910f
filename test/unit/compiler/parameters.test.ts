import { expect, test } from "vitest";
import { compileCell } from "./compile-cell.ts";

const parameters: readonly (readonly [call: string, parameter: object])[] = [
  [
    "range([0, 10], {step: 0.5, value: 3, label: 'n'})",
    { type: "number", default: 3, min: 0, max: 10, step: 0.5, label: "n" },
  ],
  ["range([-1, +1])", { type: "number", min: -1, max: 1 }],
  ["range([0, Infinity])", { type: "number", min: 0 }],
  ["number([0, n], {value: f()})", { type: "number" }],
  ["number({min: 1, max: 2, value: -0.5})", { type: "number", default: -0.5, min: 1, max: 2 }],
  ["text({value: 'a', label: `b`, placeholder: c})", { type: "string", default: "a", label: "b" }],
  ["text()", { type: "string" }],
  ["textarea({value: 'a\\nb'})", { type: "string", default: "a\nb" }],
  ["toggle({value: true})", { type: "boolean", default: true }],
  ["select(['a', 'b'], {value: 'b'})", { type: "string", default: "b", options: ["a", "b"] }],
  ["select([1, 2])", { type: "number", options: [1, 2] }],
  ["select([null, 'a'])", { type: "string", options: [null, "a"] }],
  ["select([true, false])", { type: "boolean", options: [true, false] }],
  ["select([{a: 1}, {a: [2]}])", { type: "json", options: [{ a: 1 }, { a: [2] }] }],
  ["select(['a'], {multiple: true})", { type: "list", options: ["a"] }],
  ["select(new Map([['A', 1], ['B', 2]]), {value: 2})", { type: "number", default: 2, options: [1, 2] }],
  ["select(await names(), {value: 'a', label: 'Table'})", { type: "string", default: "a", label: "Table" }],
  ["radio(['a', 'b'])", { type: "string", options: ["a", "b"] }],
  ["checkbox(['a', 'b'], {value: ['a']})", { type: "list", default: ["a"], options: ["a", "b"] }],
  [
    "date({value: '2024-01-02', min: new Date('2024-01-01')})",
    { type: "date", default: "2024-01-02", min: "2024-01-01" },
  ],
  ["datetime({value: new Date('2024-01-01T12:00Z')})", { type: "date", default: "2024-01-01T12:00:00.000Z" }],
  ["color({value: '#fff'})", { type: "string", default: "#fff" }],
  ["button('Go', {value: 0})", { type: "number", default: 0 }],
  ["search(rows)", { type: "list" }],
  ["table(rows, {value: []})", { type: "list", default: [] }],
  ["file({label: 'f'})", { type: "json", label: "f" }],
  ["form([Inputs.text()])", { type: "json" }],
];

test.each(parameters)("Inputs.%s is a parameter", (call, parameter) => {
  const input = call.slice(0, call.indexOf("("));
  expect(compileCell(`const a = view(Inputs.${call})`).parameter).toEqual({ name: "a", input, ...parameter });
});

test("comments, types and a semicolon do not matter", () => {
  const source = "// How many\nconst a: number = view(Inputs.select<string>(['x'] as const));\n";
  expect(compileCell(source).parameter).toEqual({
    name: "a",
    input: "select",
    type: "string",
    options: ["x"],
  });
});

test.each([
  "let a = view(Inputs.text())",
  "const a = view(Inputs.text()), b = 1",
  "const a = view(Inputs.text())\nconst b = 1",
  "const {a} = view(Inputs.text())",
  "const a = view(text())",
  "const a = view(Inputs[text]())",
  "const a = view(Inputs.toString())",
  "const a = view(Inputs.text(), 1)",
  "const a = Inputs.text()",
  "view(Inputs.text())",
])("%j is no parameter", (source) => {
  expect(compileCell(source).parameter).toBeUndefined();
});
