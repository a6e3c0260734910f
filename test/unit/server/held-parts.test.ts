/** Large values: they stay in the kernel process, which answers whoever fetches them over the server's connection. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { decode, fetchParts } from "../../../kernel/notebook/bridge/codec.ts";
import type { BridgeMessage, Encoded } from "../../../kernel/notebook/protocol.ts";
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

const uses = { id: 9, source: "big" };
const kernelCell = (id: number, source: string) => ({ id, source, place: "kernel" }) as const;

async function openWith(
  source: string,
  ...more: { id: number; source: string; place: "kernel" }[]
): Promise<Tab> {
  const cells = [kernelCell(1, source), ...more, { ...uses, id: 2 + more.length }];
  const tab = await it.tab(await it.notebook("Held", ...cells));
  tab.tell({ type: "bridge", message: { type: "hello", fresh: true } });
  return tab;
}

type Value = Extract<BridgeMessage, { type: "value" }>;
const values = (tab: Tab) =>
  tab.all("bridge").flatMap(({ message }) => (message.type === "value" ? [message] : []));

async function value(tab: Tab, index: number): Promise<Value> {
  await tab.until(() => values(tab).length > index);
  return values(tab)[index] as Value;
}

async function load(url: string): Promise<Uint8Array> {
  const response = await fetch(url, { headers: { origin: "null" } });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

const arrived = async (encoded: Encoded) => decode(await fetchParts(encoded, load));
const urlOf = ({ value: { parts } }: Value) => {
  const [part] = parts;
  return part && "url" in part ? part.url : "";
};

test("each tab that asks gets the value whole, with headers that let the sandbox read it", async () => {
  const tab = await openWith("const big = { a: new Float64Array(2e6).fill(7), b: new Uint8Array(5e5) }");
  const sent = await value(tab, 0);
  const big = (await arrived(sent.value)) as { a: Float64Array; b: Uint8Array };
  expect([big.a.length, big.a.at(-1), big.b.length]).toEqual([2e6, 7, 5e5]);
  tab.tell({ type: "bridge", message: { type: "hello", fresh: true } });
  const again = await value(tab, 1);
  const response = await fetch(urlOf(again), { headers: { origin: "null" } });
  expect(response.headers.get("access-control-allow-origin")).toBe("*");
  expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  expect((await response.arrayBuffer()).byteLength).toBe(16e6);
  await tab.close();
});

test("a value arrives as it was when it was told, whatever its cell did to it since", async () => {
  const tab = await openWith("const big = new Float64Array(1e5).fill(1); setTimeout(() => big.fill(2), 0)");
  const sent = await value(tab, 0);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect((await arrived(sent.value)) as Float64Array).toEqual(new Float64Array(1e5).fill(1));
  await tab.close();
});

test("of a value that changes fast the last two can be fetched, older ones are not kept", async () => {
  const tab = await openWith(
    "const big = (async function* () { for (let i = 0; i < 5; i++) yield new Uint8Array(3e5).fill(i); })()",
  );
  await value(tab, 4);
  const [old, , , , last] = values(tab) as [Value, Value, Value, Value, Value];
  await expect(load(urlOf(old))).rejects.toThrow("HTTP 404");
  expect((await load(urlOf(last)))[0]).toBe(4);
  await tab.close();
});

test("a page that goes away while it fetches harms nobody", async () => {
  const tab = await openWith("const big = new Float64Array(5e6)");
  const sent = await value(tab, 0);
  const leaving = new AbortController();
  const response = await fetch(urlOf(sent), { headers: { origin: "null" }, signal: leaving.signal });
  leaving.abort();
  await expect(response.arrayBuffer()).rejects.toThrow();
  tab.tell({ type: "bridge", message: { type: "hello", fresh: true } });
  expect(((await arrived((await value(tab, 1)).value)) as Float64Array).length).toBe(5e6);
  await tab.close();
});

test("a value of a kernel that has ended is not found, and the server goes on", async () => {
  const tab = await openWith("const big = new Float64Array(1e5)");
  const sent = await value(tab, 0);
  tab.tell({ type: "restart" });
  const next = await value(tab, 1);
  await expect(load(urlOf(sent))).rejects.toThrow("HTTP 404");
  expect(((await arrived(next.value)) as Float64Array).length).toBe(1e5);
  await tab.close();
});
