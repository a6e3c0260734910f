import { random, randomCells } from "./corpus.ts";

/** Seeded random cells of Observable's JavaScript: random code in all forms of cells, with views and mutables in it. */
export function randomObservableCells(seed: number, count: number): string[] {
  const chance = random(seed);
  const below = (n: number) => Math.floor(chance() * n);
  const pick = (texts: readonly string[]) => texts[below(texts.length)] ?? "";
  return randomCells(seed, count, false).map((code) => {
    const special = withSpecials(code, pick);
    const name = pick(["", "", "a = ", "viewof a = ", "mutable a = ", "viewof  /* it */ a\n= "]);
    const body = pick([special, `{ ${special}\n return x }`, `{ ${special}\n yield x; yield await y }`]);
    const text = `${pick(["", "", "// first\n"])}${name}${body}${pick(["", ";", " // last"])}`;
    return text;
  });
}

/** Some uses of names become uses of views and mutables. */
function withSpecials(code: string, pick: (texts: readonly string[]) => string): string {
  return code.replaceAll(/(?<![.\w$'"])(x|y|list)(?=[\s,;)\]+*-])/g, (name) =>
    pick([name, name, name, `viewof ${name}`, `mutable ${name}`, `mutable\n ${name}`]),
  );
}
