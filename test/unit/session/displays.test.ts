import { expect, test } from "vitest";
import type { Output } from "../../../kernel/notebook/display/output.ts";
import { shownAfter } from "../../../kernel/notebook/display/shown-after.ts";
import { Displays } from "../../../kernel/session/displays.ts";
import { domDocument } from "../../../kernel/session/dom.ts";
import { Tables } from "../../../kernel/session/tables.ts";
import { Values } from "../../../kernel/session/values.ts";
import { seeded } from "../runtime/seeded.ts";

function openDisplays(): Displays {
  return new Displays({
    tables: new Tables(),
    values: new Values(),
    rows: 10,
    paged: false,
    patience: 1000,
    changed: () => {},
    signal: new AbortController().signal,
  });
}

/** A turn of the event loop: what is on its way has come. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

test.each(Array.from({ length: 20 }, (_, seed) => seed))(
  "told changes add up to what is shown, whatever comes late or goes on (seed %i)",
  async (seed) => {
    const random = seeded(seed);
    const displays = openDisplays();
    const late: (() => void)[] = [];
    const nodes: { textContent: string | null }[] = [];
    let told: readonly Output[] = [];
    const steps = [
      (step: number) => void displays.display(step),
      (step: number) => void displays.display(new Promise((resolve) => late.push(() => resolve(step)))),
      () => late.splice(Math.floor(random() * late.length), 1)[0]?.(),
      (step: number) => {
        const node = Object.assign(domDocument().createElement("p"), { textContent: `${step}` });
        nodes.push(displays.display(node));
      },
      (step: number) => {
        const node = nodes[Math.floor(random() * nodes.length)];
        if (node) node.textContent = `now ${step}`;
      },
    ];
    for (let step = 0; step < 200; step++) {
      steps[Math.floor(random() * steps.length)]?.(step);
      if (random() < 0.7) continue;
      await turn();
      told = shownAfter(told, displays.changes());
      expect(told).toEqual(displays.outputs());
    }
  },
);

test("each of many displays is told once", async () => {
  const displays = openDisplays();
  let told = 0;
  for (let round = 0; round < 5000; round++) {
    displays.display(round);
    await turn();
    const { from, outputs } = displays.changes();
    expect(from).toBe(round);
    told += outputs.length;
  }
  expect(told).toBe(5000);
});
