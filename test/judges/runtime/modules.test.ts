import { describe, expect, test } from "vitest";
import { deferred, Graph, type RawModule } from "./graph.ts";

const add = (a: number, b: number) => a + b;
const itself = (value: unknown) => value;

/** a = 1, b = 2, c = a + b */
function sum(module: RawModule): RawModule {
  module.define("a", [], 1);
  module.define("b", [], 2);
  module.define("c", ["a", "b"], add);
  return module;
}

/** What the library's own tests state of imports between modules, and of copies with other values, under our scheduler. */
describe("an import", () => {
  test("brings a variable of another module, by its name or another", async () => {
    const graph = new Graph();
    const other = graph.another();
    other.define("a", [], () => 42);
    graph.module.import("a", "a", other);
    graph.module.import("a", "z", other);
    const both = graph.define(null, ["a", "z"], (...values: unknown[]) => values);
    expect(await graph.outcome(both)).toEqual({ value: [42, 42] });
  });

  test("follows the other module when it changes", async () => {
    const graph = new Graph();
    const other = graph.another();
    const a = other.define("a", [], () => 1);
    graph.module.import("a", "a", other);
    const user = graph.define(null, ["a"], (value: number) => -value);
    expect(await graph.outcome(user)).toEqual({ value: -1 });
    a.define("a", [], () => 2);
    expect(await graph.outcome(user)).toEqual({ value: -2 });
  });

  test("follows a generator of the other module, and says when it ends", async () => {
    const graph = new Graph();
    let ended = false;
    const other = graph.another();
    const a = other.define("a", [], function* () {
      try {
        for (let i = 1; ; i++) yield i;
      } finally {
        ended = true;
      }
    });
    graph.module.import("a", "a", other);
    const user = graph.define(null, ["a"], itself);
    expect(await graph.outcome(user)).toEqual({ value: 1 });
    await graph.frame();
    expect(await graph.outcome(user)).toEqual({ value: 2 });
    a.define("a", [], () => 7);
    expect(await graph.outcome(user)).toEqual({ value: 7 });
    expect(ended).toBe(true);
  });

  test("of what depends on a name with a blank, as those of older notebooks", async () => {
    const graph = new Graph();
    const other = graph.another();
    other.define("mutable a", [], () => 13);
    other.define("b", ["mutable a"], itself);
    graph.module.import("b", "b", other);
    expect(await graph.outcome(graph.define(null, ["b"], itself))).toEqual({ value: 13 });
  });

  test("of a missing name fails", async () => {
    const graph = new Graph();
    graph.module.import("none", "a", graph.another());
    expect(await graph.outcome(graph.define(null, ["a"], itself))).toEqual({ error: "none is not defined" });
  });

  test("may go both ways, if no value goes in a circle", async () => {
    const graph = new Graph();
    const [one, two] = [graph.another(), graph.another()];
    one.define("a", [], () => "a");
    two.define("b", [], () => "b");
    one.import("b", "b", two);
    two.import("a", "a", one);
    const first = one.variable(true).define(null, ["a", "b"], add);
    const second = two.variable(true).define(null, ["b", "a"], add);
    expect(await graph.outcomes(first, second)).toEqual([{ value: "ab" }, { value: "ba" }]);
  });

  test("in a circle is left pending, for the analysis to tell of: in the library it fails", async () => {
    const graph = new Graph();
    const [one, two] = [graph.another(), graph.another()];
    one.import("b", "b", two);
    const a = one.define("a", ["b"], itself);
    two.import("a", "a", one);
    const b = two.define("b", ["a"], itself);
    const apart = graph.define(null, [], () => "well");
    expect(await graph.outcome(apart)).toEqual({ value: "well" });
    expect(await graph.outcomes(a, b)).toEqual([{ value: undefined }, { value: undefined }]);
  });

  test("that comes late is found by whoever waits for it", async () => {
    const graph = new Graph();
    const loaded = deferred<RawModule>();
    graph.module.define("other", [], () => loaded.promise);
    const a = graph.module.define("a", [], null);
    a.define("a", ["other"], (other: RawModule) => {
      a.import("a", "a", other);
      return new Promise(() => {});
    });
    const user = graph.define(null, ["a"], (value: number) => value + 1);
    expect(await graph.outcome(user)).toBe("pending");
    const other = graph.another();
    other.define("a", [], 41);
    loaded.resolve(other);
    expect(await graph.outcome(user)).toEqual({ value: 42 });
  });
});

describe("a copy of a module with other values", () => {
  test("computes with them, and leaves the module as it is", async () => {
    const graph = new Graph();
    const original = sum(graph.another());
    graph.module.define("d", [], () => 42);
    const copy = original.derive([{ name: "d", alias: "b" }], graph.module);
    const before = original.variable(true).define(null, ["c"], itself);
    const after = copy.variable(true).define(null, ["c"], itself);
    expect(await graph.outcomes(before, after)).toEqual([{ value: 3 }, { value: 43 }]);
  });

  test("takes a value of the same name", async () => {
    const graph = new Graph();
    graph.module.define("b", [], 10);
    const copy = sum(graph.another()).derive([{ name: "b" }], graph.module);
    expect(await graph.outcome(copy.variable(true).define(null, ["c"], itself))).toEqual({ value: 11 });
  });

  test("follows the values that it was given", async () => {
    const graph = new Graph();
    const b = graph.module.define("b", [], () => 10);
    const copy = sum(graph.another()).derive([{ name: "b" }], graph.module);
    const c = copy.variable(true).define(null, ["c"], itself);
    expect(await graph.outcome(c)).toEqual({ value: 11 });
    b.define("b", [], () => 20);
    expect(await graph.outcome(c)).toEqual({ value: 21 });
  });

  test("has the module's own builtins", async () => {
    const graph = new Graph();
    const original = graph.another();
    original.builtin("a", 1);
    original.define("b", ["a"], (a: number) => a + 1);
    const copy = original.derive([], original);
    const both = copy.variable(true).define(null, ["a", "b"], (...values: unknown[]) => values);
    expect(await graph.outcome(both)).toEqual({ value: [1, 2] });
  });

  test.each([2, 3])("of copies, %i deep, passes the values on", async (depth) => {
    const graph = new Graph();
    let inner = sum(graph.another());
    let [given, result] = ["b", "c"];
    for (let level = 1; level <= depth; level++) {
      const outer = graph.another();
      outer.define(`given${level}`, [], level * 10);
      outer.import(result, `result${level}`, inner.derive([{ name: `given${level}`, alias: given }], outer));
      [inner, given, result] = [outer, `given${level}`, `result${level}`];
    }
    expect(await graph.outcome(inner.variable(true).define(null, [result], itself))).toEqual({
      value: 1 + depth * 10,
    });
  });

  test("of a module that plainly imports shares what it imports", async () => {
    const graph = new Graph();
    const base = graph.another();
    base.define("a", [], () => ({}));
    const middle = graph.another();
    middle.import("a", "a", base);
    const copy = middle.derive([], graph.module);
    graph.module.import("a", "copied", copy);
    graph.module.import("a", "direct", base);
    const same = graph.define(null, ["copied", "direct"], (a: object, b: object) => a === b);
    expect(await graph.outcome(same)).toEqual({ value: true });
  });

  test("does not reach into what the module plainly imports", async () => {
    const graph = new Graph();
    const middle = graph.another();
    middle.import("c", "e", sum(graph.another()));
    graph.module.define("b", [], 100);
    const copy = middle.derive([{ name: "b" }], graph.module);
    expect(await graph.outcome(copy.variable(true).define(null, ["e"], itself))).toEqual({ value: 3 });
  });

  test("may go both ways, if no value goes in a circle", async () => {
    const graph = new Graph();
    const [one, two] = [graph.another(), graph.another()];
    one.define("a", [], () => 1);
    two.define("b", [], () => 2);
    one.import("b", "b", two.derive([{ name: "a" }], one));
    two.import("a", "a", one.derive([{ name: "b" }], two));
    const first = one.variable(true).define(null, ["a", "b"], add);
    const second = two.variable(true).define(null, ["a", "b"], add);
    expect(await graph.outcomes(first, second)).toEqual([{ value: 3 }, { value: 3 }]);
  });

  test("may be made late", async () => {
    const graph = new Graph();
    const loaded = deferred<RawModule>();
    graph.module.define("b", [], () => 3);
    const c = graph.module.define("c", [], null);
    graph.module.define("other", [], async () =>
      (await loaded.promise).derive([{ name: "b" }], graph.module),
    );
    c.define("c", ["other"], (other: RawModule) => {
      c.import("c", "c", other);
      return new Promise(() => {});
    });
    const user = graph.define(null, ["c"], itself);
    expect(await graph.outcome(user)).toBe("pending");
    loaded.resolve(sum(graph.another()));
    expect(await graph.outcome(user)).toEqual({ value: 4 });
  });
});
