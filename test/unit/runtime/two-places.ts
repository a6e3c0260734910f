import type { CellSpec } from "../../../kernel/notebook/document/notebook.ts";
import type { BridgeMessage } from "../../../kernel/notebook/protocol.ts";
import { PlaceRuntime } from "../../../kernel/notebook/runtime/place.ts";
import { TestHost, TestNotebook, turn } from "./places.ts";

/** Two places with a wire between them that keeps the order and takes its time. */
export function twoPlaces(random: () => number) {
  const browser = new TestHost("browser");
  const kernel = new TestHost("kernel");
  const inBrowser = new PlaceRuntime(browser);
  const inKernel = new PlaceRuntime(kernel);
  const wires = { flying: 0 };
  const wire = (receiver: PlaceRuntime) => {
    let last = Promise.resolve();
    return (message: BridgeMessage) => {
      wires.flying++;
      const copy = structuredClone(message);
      last = last
        .then(() => turn(random() < 0.5 ? 0 : random() * 3))
        .then(() => {
          wires.flying--;
          receiver.receive(copy);
        });
    };
  };
  browser.onSend = wire(inKernel);
  kernel.onSend = wire(inBrowser);
  const notebook = new TestNotebook();
  const apply = async (cells: Readonly<Record<number, string | CellSpec | null>>) => {
    const change = notebook.change(cells);
    const first = random() < 0.5;
    (first ? inBrowser : inKernel).apply(change);
    await turn(random() * 2);
    (first ? inKernel : inBrowser).apply(change);
  };
  /** Until nothing runs, waits or flies, three times in a row. */
  const quiet = async () => {
    let rounds = 0;
    for (let calm = 0; calm < 3; ) {
      await turn(2);
      if (++rounds > 1000)
        throw new Error(
          `stuck: ${JSON.stringify([[...browser.statuses], [...kernel.statuses], wires.flying])}`,
        );
      const busy = [...browser.statuses.values(), ...kernel.statuses.values()].some(
        (s) => s === "running" || s === "waiting",
      );
      calm = busy || wires.flying > 0 ? 0 : calm + 1;
    }
  };
  const end = () => {
    inBrowser.dispose();
    inKernel.dispose();
  };
  return { browser, kernel, apply, quiet, end, inBrowser, inKernel };
}
