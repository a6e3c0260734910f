/** What cells of the kernel may do wrong, over the real socket: the server and the other cells must stay well. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CellEvent } from "../../../kernel/notebook/protocol.ts";
import { buildKernel } from "./kernel-build.ts";
import { type StartedServer, startTestServer, type Tab } from "./start.ts";

let it: StartedServer;
let built: Awaited<ReturnType<typeof buildKernel>> | undefined;
beforeAll(async () => {
  built = await buildKernel("process", "watchdog");
  it = await startTestServer(built.root);
  await it.enter();
}, 60_000);
afterAll(async () => {
  await it?.close();
  built?.remove();
});

const kernelCell = (id: number, source: string) => ({ id, source, place: "kernel" }) as const;

/** A notebook in which a cell does harm between two that do none. */
async function beside(source: string): Promise<Tab> {
  const cells = [
    kernelCell(1, "const steady = 5"),
    kernelCell(2, source),
    kernelCell(3, "({ seen: steady, at: Math.random() })"),
  ];
  return it.tab(await it.notebook("Harm", ...cells));
}

const events = (tab: Tab): CellEvent[] => tab.all("event").map(({ event }) => event);
const statuses = (tab: Tab, cell: number) =>
  events(tab).filter((event) => event.type === "status" && event.cell === cell);
const reaches = (tab: Tab, cell: number, status: string) =>
  tab.until(() => statuses(tab, cell).some((event) => event.type === "status" && event.status === status));
const lines = (tab: Tab) => events(tab).flatMap((event) => (event.type === "console" ? [event.text] : []));

/** The third cell gives its value when it is run now. */
async function othersAreWell(tab: Tab): Promise<void> {
  const before = tab.got.length;
  tab.tell({ type: "run", cells: [3] });
  const shown = () =>
    tab.got
      .slice(before)
      .some((message) => message.type === "event" && JSON.stringify(message.event).includes("seen"));
  await tab.until(shown);
  await tab.close();
}

test.each([
  ["at once", "process.exit(3)"],
  ["later", "setTimeout(() => process.exit(3), 20); 1"],
  ["while it waits", "await new Promise((resolve) => setTimeout(resolve, 20)); process.exit(3)"],
])("a cell that ends its process %s takes no other cell with it", async (_, source) => {
  const tab = await beside(source);
  const dead = () => tab.all("kernel").find(({ state }) => state === "dead");
  await tab.until(() => dead() !== undefined);
  expect(dead()?.failure?.message).toBe("the kernel process ended with status 3");
  await othersAreWell(tab);
});

test.each([
  ["an error that nobody can catch", "setTimeout(() => { throw new Error('stray') }, 5); 1"],
  ["a promise that nobody awaits", "Promise.reject(new Error('stray')); 1"],
])("%s is told in the console, and the process goes on", async (_, source) => {
  const tab = await beside(source);
  await tab.until(() => lines(tab).some((text) => text.includes("stray")));
  expect(tab.all("kernel").map(({ state }) => state)).not.toContain("dead");
  await othersAreWell(tab);
});

test.each([
  ["in a timer", "setTimeout(() => { while (true) {} }, 5); 1"],
  ["of microtasks", "const again = () => Promise.resolve().then(again); again(); 1"],
  ["that awaits", "while (true) await null"],
])("an endless loop %s ends with Stop", async (_, source) => {
  const tab = await beside(source);
  await reaches(tab, 2, "running");
  tab.tell({ type: "stop", place: "kernel" });
  await othersAreWell(tab);
});

test("of 100,000 console lines the first and the last are told, and of a huge one its beginning", async () => {
  const tab = await beside(
    "for (let i = 0; i < 1e5; i++) console.log(`line ${i}`); console.log('x'.repeat(3e7))",
  );
  await tab.until(() => lines(tab).some((text) => text.startsWith("xxx")));
  const told = lines(tab);
  expect(told.length).toBeLessThan(2000);
  expect(told[0]).toBe("line 0");
  expect(told).toContain("line 99999");
  expect(told.join("\n")).toMatch(/… \d\d,\d\d\d lines left out …/);
  expect(told.at(-1)).toMatch(/x … 29,980,000 more characters$/);
  await othersAreWell(tab);
});
