import { describe, expect, test } from "vitest";
import { deferred, Graph } from "./graph.ts";

function* upTo(n: number): Generator<number> {
  for (let i = 1; i <= n; i++) yield i;
}

async function* slowlyUpTo(n: number): AsyncGenerator<number> {
  for (let i = 1; i <= n; i++) yield i;
}

function* promises(n: number): Generator<Promise<number>> {
  for (let i = 1; i <= n; i++) yield Promise.resolve(i);
}

/** Yields for ever, and says when it is told to end. */
function endless(ended: () => void) {
  return function* () {
    try {
      for (let i = 1; ; i++) yield i;
    } finally {
      ended();
    }
  };
}

/** What the library's own tests state of generators, against our scheduler. */
describe("a generator's values come one after another, the last one stays", () => {
  const kinds: readonly (readonly [what: string, definition: () => unknown])[] = [
    ["from a generator function", () => upTo(3)],
    [
      "from a generator that was made before",
      (
        (made) => () =>
          made
      )(upTo(3)),
    ],
    ["from a promise of a generator", async () => upTo(3)],
    ["from a generator of promises", () => promises(3)],
    ["from an async generator", () => slowlyUpTo(3)],
    ["from a promise of an async generator", async () => slowlyUpTo(3)],
  ];
  test.each(kinds)("%s", async (_, definition) => {
    const graph = new Graph();
    const a = graph.define("a", [], definition);
    const b = graph.define("b", ["a"], (value: number) => value * 10);
    for (const value of [1, 2, 3, 3]) {
      expect(await graph.outcomes(a, b)).toEqual([{ value }, { value: value * 10 }]);
      await graph.frame();
    }
    expect(graph.log).toEqual(["a: 1", "b: 10", "a: 2", "b: 20", "a: 3", "b: 30"]);
  });
});

describe("a generator", () => {
  test("is computed from the values of others", async () => {
    const graph = new Graph();
    graph.define("n", [], 2);
    const a = graph.define("a", ["n"], upTo);
    await graph.frame();
    await graph.frame();
    expect(await graph.outcome(a)).toEqual({ value: 2 });
  });

  test("that yields nothing has undefined", async () => {
    const graph = new Graph();
    expect(await graph.outcome(graph.define("a", [], () => upTo(0)))).toEqual({ value: undefined });
  });

  test("gets each value that it yielded back from its yield", async () => {
    const graph = new Graph();
    const got: unknown[] = [];
    graph.define("a", [], function* () {
      got.push(yield "x");
      got.push(yield "y");
    });
    await graph.frame();
    await graph.frame();
    expect(got).toEqual(["x", "y"]);
  });

  test("does not go on before all that depends on its last value has begun", async () => {
    const graph = new Graph();
    let yielded = 0;
    const seen: [number, number][] = [];
    graph.define("a", [], function* () {
      for (; yielded < 3; ) yield ++yielded;
    });
    graph.define("b", ["a"], (value: number) => seen.push([value, yielded]));
    for (let i = 0; i < 4; i++) await graph.frame();
    expect(seen).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
  });

  test("tells its observer each value before those of its users", async () => {
    const graph = new Graph();
    graph.define("b", ["a"], (value: number) => -value);
    graph.define("a", [], () => upTo(3));
    for (let i = 0; i < 4; i++) await graph.frame();
    expect(graph.log).toEqual(["a: 1", "b: -1", "a: 2", "b: -2", "a: 3", "b: -3"]);
  });

  test("that fails later takes its users along, which had its first value", async () => {
    const graph = new Graph();
    const a = graph.define("a", [], function* () {
      yield 1;
      throw new Error("broke");
    });
    const b = graph.define("b", ["a"], (value: number) => value);
    expect(await graph.outcomes(a, b)).toEqual([{ value: 1 }, { value: 1 }]);
    await graph.frame();
    expect(await graph.outcomes(a, b)).toEqual([{ error: "broke" }, { error: "broke" }]);
  });

  test("that yields a promise which fails has failed", async () => {
    const graph = new Graph();
    const a = graph.define("a", [], function* () {
      yield 1;
      yield Promise.reject(new Error("broke"));
    });
    await graph.frame();
    expect(await graph.outcome(a)).toEqual({ error: "broke" });
  });

  test("is told to end when its variable is defined anew", async () => {
    const graph = new Graph();
    let ended = 0;
    const a = graph.define(
      "a",
      [],
      endless(() => ended++),
    );
    await graph.frame();
    expect(ended).toBe(0);
    a.define("a", [], () => "plain");
    expect(await graph.outcome(a)).toEqual({ value: "plain" });
    await graph.frame();
    expect(ended).toBe(1);
  });

  test("is told to end when an input changes, and begins anew", async () => {
    const graph = new Graph();
    let ended = 0;
    const n = graph.define("n", [], 1);
    const a = graph.define(
      "a",
      ["n"],
      endless(() => ended++),
    );
    await graph.frame();
    expect(await graph.outcome(a)).toEqual({ value: 2 });
    n.define("n", [], 2);
    expect(await graph.outcome(a)).toEqual({ value: 1 });
    expect(ended).toBe(1);
  });

  test("goes on while another that used it is defined anew", async () => {
    const graph = new Graph();
    let ended = 0;
    graph.define(
      "a",
      [],
      endless(() => ended++),
    );
    const b = graph.define("b", ["a"], (value: number) => value);
    const c = graph.define("c", ["a"], (value: number) => value);
    expect(await graph.outcomes(b, c)).toEqual([{ value: 1 }, { value: 1 }]);
    b.define("b", [], () => "alone");
    await graph.frame();
    expect(await graph.outcomes(b, c)).toEqual([{ value: "alone" }, { value: 2 }]);
    expect(ended).toBe(0);
  });

  test("in a loop that cannot be computed never begins, and so never ends", async () => {
    const graph = new Graph();
    let [begun, ended] = [0, 0];
    graph.define("a", ["b"], function* () {
      begun++;
      yield* endless(() => ended++)();
    });
    graph.define("b", ["a"], (value: unknown) => value);
    await graph.frame();
    expect([begun, ended]).toEqual([0, 0]);
  });

  test("is told to end when everything is disposed of", async () => {
    const graph = new Graph();
    let ended = 0;
    graph.define(
      "a",
      [],
      endless(() => ended++),
    );
    await graph.frame();
    graph.scheduler.dispose();
    await graph.rest();
    expect(ended).toBe(1);
  });

  test("that waits when it is superseded says nothing more", async () => {
    const graph = new Graph();
    const late = deferred<string>();
    const a = graph.define("a", [], async function* () {
      yield "first";
      yield await late.promise;
    });
    await graph.frame();
    a.define("a", [], () => "new");
    late.resolve("late");
    await graph.frame();
    expect(await graph.outcome(a)).toEqual({ value: "new" });
    expect(graph.log).toEqual(["a: first", "a: new"]);
  });

  test("with values that are the same again starts no wave", async () => {
    const graph = new Graph();
    let runs = 0;
    graph.define("a", [], function* () {
      yield 1;
      yield 1;
      yield 2;
    });
    graph.define("b", ["a"], () => runs++);
    for (let i = 0; i < 4; i++) await graph.frame();
    expect(runs).toBe(2);
  });
});
