import { describe, expect, test } from "vitest";
import { deferred, Graph } from "./graph.ts";

/** What the library's own tests state of variables, against our scheduler of them. */
describe("a variable", () => {
  const forms: readonly (readonly [
    what: string,
    name: string | null,
    definition: unknown,
    value: unknown,
  ])[] = [
    ["a name and a function", "a", () => 42, 42],
    ["a function alone", null, () => 42, 42],
    ["a name and a value", "a", 42, 42],
    ["a value alone", null, 42, 42],
    ["a promise", "a", Promise.resolve(42), 42],
    ["a function that gives a promise", "a", async () => 42, 42],
    ["undefined", "a", undefined, undefined],
    ["null", "a", null, null],
  ];
  test.each(forms)("can be %s", async (_, name, definition, value) => {
    const graph = new Graph();
    expect(await graph.outcome(graph.define(name, [], definition))).toEqual({ value });
  });

  test("is computed from others by their names, in whatever order they are defined", async () => {
    const graph = new Graph();
    const sum = graph.define("sum", ["a", "b"], (a: number, b: number) => a + b);
    graph.define("a", [], 1);
    graph.define("b", ["a"], (a: number) => a + 10);
    expect(await graph.outcome(sum)).toEqual({ value: 12 });
  });

  test("that is not defined yet has no value, and is pending", async () => {
    const graph = new Graph();
    expect(await graph.outcome(graph.variable())).toBe("pending");
  });

  test("that is defined again is computed again, with all that depend on it", async () => {
    const graph = new Graph();
    const a = graph.define("a", [], () => 1);
    const b = graph.define("b", ["a"], async (value: number) => value);
    expect(await graph.outcomes(a, b)).toEqual([{ value: 1 }, { value: 1 }]);
    a.define("a", [], () => 2);
    expect(await graph.outcomes(a, b)).toEqual([{ value: 2 }, { value: 2 }]);
  });

  test("that is renamed leaves its users without it", async () => {
    const graph = new Graph();
    const a = graph.define("a", [], () => 1);
    const b = graph.define("b", [], () => 2);
    const sum = graph.define("sum", ["a", "b"], (x: number, y: number) => x + y);
    expect(await graph.outcome(sum)).toEqual({ value: 3 });
    a.define("c", [], () => 10);
    expect(await graph.outcomes(a, b, sum)).toEqual([
      { value: 10 },
      { value: 2 },
      { error: "a is not defined" },
    ]);
  });

  test("that is deleted leaves its users without it", async () => {
    const graph = new Graph();
    const a = graph.define("a", [], () => 1);
    const b = graph.define("b", ["a"], async (value: number) => value);
    expect(await graph.outcome(b)).toEqual({ value: 1 });
    a.delete();
    expect(await graph.outcomes(a, b)).toEqual([{ value: undefined }, { error: "a is not defined" }]);
  });

  test("that is deleted can be defined again by another", async () => {
    const graph = new Graph();
    const a = graph.define("a", [], () => 1);
    const b = graph.define("b", ["a"], (value: number) => value);
    await graph.rest();
    a.delete();
    graph.define("a", [], () => 7);
    expect(await graph.outcome(b)).toEqual({ value: 7 });
  });

  test("gets its last value as this", async () => {
    const graph = new Graph();
    const count = function (this: number | undefined) {
      return (this ?? 0) + 1;
    };
    const a = graph.define("a", [], count);
    expect(await graph.outcome(a)).toEqual({ value: 1 });
    graph.scheduler.update(a as never);
    expect(await graph.outcome(a)).toEqual({ value: 2 });
  });
});

describe("a failure", () => {
  test("of a missing name is that of all who use it, until the name is defined", async () => {
    const graph = new Graph();
    const b = graph.define("b", ["a"], (a: number) => a);
    const c = graph.define("c", ["b"], () => 2);
    const missing = { error: "a is not defined" };
    expect(await graph.outcomes(b, c)).toEqual([missing, missing]);
    graph.define("a", [], 1);
    expect(await graph.outcomes(b, c)).toEqual([{ value: 1 }, { value: 2 }]);
  });

  test("of an input is told before a missing name of one further down", async () => {
    const graph = new Graph();
    const b = graph.define("b", ["none"], () => 1);
    const c = graph.define("c", ["b"], () => 2);
    expect(await graph.outcomes(b, c)).toEqual(Array(2).fill({ error: "none is not defined" }));
  });

  const thrown: readonly (readonly [what: string, definition: () => unknown])[] = [
    ["thrown", () => bad()],
    ["in a promise", async () => bad()],
    ["of a promise that is given", () => Promise.reject(new Error("bad"))],
  ];
  test.each(thrown)("%s reaches whoever depends on it, with its message", async (_, definition) => {
    const graph = new Graph();
    const a = graph.define("a", [], definition);
    const b = graph.define("b", ["a"], (value: unknown) => value);
    expect(await graph.outcomes(a, b)).toEqual([{ error: "bad" }, { error: "bad" }]);
  });

  test("that is no Error keeps what was thrown", async () => {
    const graph = new Graph();
    const a = graph.define("a", [], () => Promise.reject("a text"));
    expect(await graph.outcome(a)).toEqual({ error: "a text" });
  });

  test("goes when its variable is mended", async () => {
    const graph = new Graph();
    const a = graph.define("a", [], () => bad());
    const b = graph.define("b", ["a"], (value: number) => value * 2);
    expect(await graph.outcome(b)).toEqual({ error: "bad" });
    a.define("a", [], () => 21);
    expect(await graph.outcome(b)).toEqual({ value: 42 });
  });
});

describe("two variables of one name", () => {
  const twice = { error: "a is defined more than once" };

  test("fail, and their users with them", async () => {
    const graph = new Graph();
    const variables = [
      graph.define("a", [], () => 1),
      graph.define("a", [], () => 2),
      graph.define(null, ["a"], (a: number) => a),
    ];
    expect(await graph.outcomes(...variables)).toEqual([twice, twice, twice]);
  });

  test("are each well again when one takes another name", async () => {
    const graph = new Graph();
    const first = graph.define("a", [], 1);
    const second = graph.define("a", [], 2);
    const user = graph.define(null, ["a"], (a: number) => a);
    expect(await graph.outcomes(first, second)).toEqual([twice, twice]);
    second.define("b", [], 2);
    expect(await graph.outcomes(first, second, user)).toEqual([{ value: 1 }, { value: 2 }, { value: 1 }]);
  });

  test("are well again when one is deleted; of three, when two are", async () => {
    const graph = new Graph();
    const [first, second, third] = [1, 2, 3].map((value) => graph.define("a", [], value));
    await graph.rest();
    second?.delete();
    expect(first && (await graph.outcome(first))).toEqual(twice);
    first?.delete();
    expect(third && (await graph.outcome(third))).toEqual({ value: 3 });
  });

  test("cannot be redefined by their name", async () => {
    const graph = new Graph();
    graph.define("a", [], 1);
    graph.define("a", [], 2);
    expect(() => graph.module.redefine("a", [], () => 3)).toThrow("a is defined more than once");
  });
});

describe("redefining by name", () => {
  test("gives the same variable a new definition", async () => {
    const graph = new Graph();
    const a = graph.define("a", [], () => 42);
    expect(graph.module.redefine("a", [], () => 43)).toBe(a);
    expect(await graph.outcome(a)).toEqual({ value: 43 });
  });

  test("covers a name that was given from outside", async () => {
    const graph = new Graph((name) => (name === "a" ? 42 : undefined));
    const b = graph.define("b", ["a"], (a: number) => a + 1);
    graph.module.redefine("a", [], () => 43);
    expect(await graph.outcome(b)).toEqual({ value: 44 });
  });

  test("refuses a name that nobody uses or defines", () => {
    expect(() => new Graph().module.redefine("a", [], () => 1)).toThrow("a is not defined");
  });
});

describe("a result that comes late", () => {
  test("of a definition that is gone is dropped", async () => {
    const graph = new Graph();
    const late = deferred();
    const a = graph.define("a", [], () => late.promise);
    await graph.rest();
    a.define("a", [], () => "new");
    late.resolve("old");
    expect(await graph.outcome(a)).toEqual({ value: "new" });
    expect(graph.log).toEqual(["a: new"]);
  });

  test("of an input that is gone is dropped", async () => {
    const graph = new Graph();
    const late = deferred();
    const a = graph.define("a", [], () => late.promise);
    const b = graph.define("b", ["a"], (value: string) => value);
    await graph.rest();
    a.define("a", [], () => "new");
    late.resolve("old");
    expect(await graph.outcome(b)).toEqual({ value: "new" });
    expect(graph.log).toEqual(["a: new", "b: new"]);
  });

  test("is dropped when it is a failure", async () => {
    const graph = new Graph();
    const late = deferred();
    const a = graph.define("a", [], () => late.promise);
    await graph.rest();
    a.define("a", [], () => Promise.reject(new Error("new")));
    late.reject(new Error("old"));
    expect(await graph.outcome(a)).toEqual({ error: "new" });
    expect(graph.log).toEqual(["a! new"]);
  });

  test("delays the next run of the variable a little, but for good only in the library", async () => {
    const graph = new Graph();
    const [first, second] = [deferred(), deferred()];
    const log: string[] = [];
    const a = graph.define("a", [], noting(log, "first", first.promise));
    await graph.rest();
    a.define("a", [], noting(log, "second", second.promise));
    await graph.rest();
    expect(log).toEqual(["first"]);
    await expect.poll(() => log).toEqual(["first", "second"]);
    second.resolve(2);
    expect(await graph.outcome(a)).toEqual({ value: 2 });
  });

  test("lets the next run begin at once when it settles", async () => {
    const graph = new Graph();
    const first = deferred();
    const log: string[] = [];
    const a = graph.define("a", [], noting(log, "first", first.promise));
    await graph.rest();
    a.define("a", [], () => log.push("second"));
    first.resolve(1);
    await graph.rest();
    expect(log).toEqual(["first", "second"]);
  });

  test("does not delay another variable that takes the name", async () => {
    const graph = new Graph();
    const log: string[] = [];
    const a = graph.define("a", [], noting(log, "first", new Promise(() => {})));
    await graph.rest();
    a.delete();
    graph.define("a", [], () => log.push("second"));
    await graph.rest();
    expect(log).toEqual(["first", "second"]);
  });

  test("skips definitions that were gone before they began", async () => {
    const graph = new Graph();
    const first = deferred();
    const log: number[] = [];
    const a = graph.define("a", [], noting(log, 1, first.promise));
    await graph.rest();
    a.define("a", [], () => log.push(2));
    await graph.rest();
    a.define("a", [], () => log.push(3));
    first.resolve(null);
    await graph.rest();
    expect(log).toEqual([1, 3]);
  });
});

describe("what nobody looks at", () => {
  test("is computed too: in the library it is not, and so a first look costs a wave", async () => {
    const graph = new Graph();
    graph.define("a", [], () => 1);
    const unseen = graph.module.define("b", ["a"], (a: number) => a + 1);
    expect(await graph.outcome(unseen)).toEqual({ value: 2 });
  });

  test("takes part when someone begins to use it", async () => {
    const graph = new Graph();
    graph.module.define("a", [], () => 20);
    graph.module.define("b", ["a"], (a: number) => a + 1);
    await graph.rest();
    expect(await graph.outcome(graph.define(null, ["b"], (b: number) => b * 2))).toEqual({ value: 42 });
  });
});

/** A definition that notes when it runs. */
function noting<T>(log: T[], note: T, result: unknown) {
  return () => {
    log.push(note);
    return result;
  };
}

function bad(): never {
  throw new Error("bad");
}
