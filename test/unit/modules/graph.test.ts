import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ModuleGraph } from "../../../kernel/modules/graph.ts";
import { makeWorkspace } from "./setup.ts";

let it: ReturnType<typeof makeWorkspace>;
beforeAll(() => {
  it = makeWorkspace({});
});
afterAll(() => it.remove());

/** Numbers from 0 to 1, the same for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const names = Array.from({ length: 12 }, (_, index) => `m${index}.ts`);

function textOf(imports: readonly number[], edition: number): string {
  return [...imports.map((index) => `import "./m${index}.ts";`), `export const edition = ${edition};`].join(
    "\n",
  );
}

/** All that a module reaches, itself too. */
function reach(from: number, imports: readonly (readonly number[])[]): Set<number> {
  const reached = new Set([from]);
  for (const each of reached) for (const next of imports[each] ?? []) reached.add(next);
  return reached;
}

test.each([1, 2, 3, 4, 5, 6])(
  "an edit changes the versions of the modules that reach it, and no others (seed %i)",
  (seed) => {
    const random = randomFrom(seed);
    const pick = () => Math.floor(random() * names.length);
    const imports = names.map(() => Array.from({ length: Math.floor(random() * 3) }, pick));
    const write = (index: number, edition: number) =>
      it.write(`seed${seed}/m${index}.ts`, textOf(imports[index] ?? [], edition));
    names.forEach((_, index) => {
      write(index, 0);
    });
    const graph = new ModuleGraph({ root: it.folder, place: "browser" });
    const versions = () =>
      names.map((name) => graph.closure(join(it.folder, `seed${seed}`, name), "code").root.version);
    let before = versions();
    for (let edition = 1; edition <= 20; edition++) {
      const edited = pick();
      if (random() < 0.5) imports[edited] = Array.from({ length: Math.floor(random() * 3) }, pick);
      const reached = names.map((_, index) => reach(index, imports).has(edited));
      write(edited, edition);
      const after = versions();
      expect(after.map((version, index) => version !== before[index])).toEqual(reached);
      expect(versions()).toEqual(after);
      before = after;
    }
  },
);
