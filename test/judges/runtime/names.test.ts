import { describe, expect, test } from "vitest";
import { Graph } from "./graph.ts";

const give = (values: Record<string, unknown>) => (name: string) => values[name];
const itself = (value: unknown) => value;

/** What the library's own tests state of builtins, globals and shadows, against our scheduler. */
describe("a name that no variable defines", () => {
  const kinds: readonly (readonly [what: string, given: unknown])[] = [
    ["a value", "red"],
    ["a promise", Promise.resolve("red")],
  ];
  test.each(kinds)("may be given from outside as %s", async (_, color) => {
    const graph = new Graph(give({ color }));
    expect(await graph.outcome(graph.define(null, ["color"], itself))).toEqual({ value: "red" });
  });

  test("is asked for once", async () => {
    let asked = 0;
    const graph = new Graph((name) => (name === "magic" ? ++asked : undefined));
    const first = graph.define(null, ["magic"], (magic: number) => magic * 2);
    const second = graph.define(null, ["magic"], (magic: number) => magic * 3);
    expect(await graph.outcomes(first, second)).toEqual([{ value: 2 }, { value: 3 }]);
    graph.scheduler.update(first as never);
    expect(await graph.outcome(first)).toEqual({ value: 2 });
  });

  test("and that nobody gives is missing", async () => {
    const graph = new Graph(give({ magic: 1 }));
    expect(await graph.outcome(graph.define(null, ["other"], itself))).toEqual({
      error: "other is not defined",
    });
  });

  test("and that fails to be given fails whoever uses it", async () => {
    const graph = new Graph(() => {
      throw new Error("oops");
    });
    expect(await graph.outcome(graph.define(null, ["magic"], itself))).toEqual({ error: "oops" });
  });

  test("may be covered by a variable, before and after it is used", async () => {
    const graph = new Graph(give({ color: "red", size: 1 }));
    graph.define("size", [], () => 2);
    const size = graph.define(null, ["size"], itself);
    const color = graph.define(null, ["color"], itself);
    expect(await graph.outcomes(size, color)).toEqual([{ value: 2 }, { value: "red" }]);
    graph.define("color", [], () => "green");
    expect(await graph.outcome(color)).toEqual({ value: "green" });
  });

  test("is the outer one again when the variable that covered it is deleted", async () => {
    const graph = new Graph(give({ color: "red" }));
    const cover = graph.define("color", [], "green");
    const user = graph.define(null, ["color"], itself);
    expect(await graph.outcome(user)).toEqual({ value: "green" });
    cover.delete();
    expect(await graph.outcome(user)).toEqual({ value: "red" });
  });
});

describe("a module's own builtin", () => {
  test("is found by its variables", async () => {
    const graph = new Graph();
    graph.module.builtin("a", 42);
    expect(await graph.outcome(graph.define("b", ["a"], (a: number) => a + 1))).toEqual({ value: 43 });
  });

  test("may be covered by a variable", async () => {
    const graph = new Graph();
    graph.module.builtin("a", 0);
    const a = graph.define("a", [], () => 42);
    const b = graph.define("b", ["a"], (value: number) => value + 1);
    expect(await graph.outcomes(a, b)).toEqual([{ value: 42 }, { value: 43 }]);
  });
});

describe("a shadow: a name that one variable sees in its own way", () => {
  test("covers what is defined", async () => {
    const graph = new Graph();
    graph.define("v", [], 1000);
    const a = graph.module.variable(true, { shadow: { v: 100 } }).define("a", ["v"], itself);
    expect(await graph.outcome(a)).toEqual({ value: 100 });
  });

  test("may be of a name that is not defined", async () => {
    const graph = new Graph();
    const a = graph.module.variable(true, { shadow: { v: 100 } }).define("a", ["v"], itself);
    expect(await graph.outcome(a)).toEqual({ value: 100 });
  });

  test("is each variable's own, also along a chain", async () => {
    const graph = new Graph();
    const shadowed = (v: number) => graph.module.variable(true, { shadow: { v } });
    const a = shadowed(1).define("a", ["v"], itself);
    const b = shadowed(2).define("b", ["v", "a"], (...values: unknown[]) => values);
    const c = shadowed(3).define("c", ["v", "b", "a"], (...values: unknown[]) => values);
    expect(await graph.outcomes(a, b, c)).toEqual([
      { value: 1 },
      { value: [2, 1] },
      { value: [3, [2, 1], 1] },
    ]);
  });

  test("reaches those further down by the value alone", async () => {
    const graph = new Graph();
    graph.define("v", [], 1000);
    graph.module.variable(true, { shadow: { v: 1 } }).define("a", ["v"], itself);
    const b = graph.define("b", ["a", "v"], (...values: unknown[]) => values);
    expect(await graph.outcome(b)).toEqual({ value: [1, 1000] });
  });
});
