import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { catalogAt, definition, temporaryFolder } from "./setup.ts";

const cache = resolve(import.meta.dirname, "../../../node_modules/.cache");
let program: string;

beforeAll(async () => {
  const outDir = mkdtempSync(join(cache, "catalog-process-"));
  await build({
    configFile: false,
    logLevel: "error",
    build: { ssr: join(import.meta.dirname, "writer.ts"), outDir, target: "node20" },
  });
  program = join(outDir, "writer.js");
});

afterAll(() => rmSync(join(program, ".."), { recursive: true, force: true }));

function writer(folder: string, prefix: string, count: number): ChildProcess {
  const child = spawn(process.execPath, [program, folder, prefix, String(count)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

describe("several processes", () => {
  it("that open a new catalog at once and write to it lose nothing", async () => {
    const folder = temporaryFolder();
    const writers = ["a", "b", "c"].map((prefix) => writer(folder, prefix, 20));
    const exits = await Promise.all(writers.map((child) => once(child, "exit")));
    expect(exits.map(([code]) => code)).toEqual([0, 0, 0]);
    const catalog = catalogAt(folder);
    expect(catalog.tables()).toHaveLength(61);
    expect(catalog.requireTable("counter").rowCount).toBe(60);
    expect(catalog.versions("main", "counter").map((v) => v.version)).toEqual(
      Array.from({ length: 60 }, (_, i) => 60 - i),
    );
  });

  it("see each other's commits", async () => {
    const folder = temporaryFolder();
    const catalog = catalogAt(folder);
    const before = catalog.version();
    await once(writer(folder, "x", 1), "exit");
    expect(catalog.version()).not.toBe(before);
    expect(catalog.tables().map((table) => table.name)).toEqual(["counter", "x_0"]);
  });

  it("leave whole commits behind when one is killed", async () => {
    const folder = temporaryFolder();
    const child = writer(folder, "k", 100_000);
    let lines = 0;
    if (child.stdout === null) throw new Error("no output to read");
    for await (const _ of createInterface(child.stdout)) if (++lines === 20) child.kill("SIGKILL");
    const catalog = catalogAt(folder);
    const count = catalog.requireTable("counter").rowCount ?? 0;
    expect(count).toBeGreaterThanOrEqual(20);
    expect(catalog.tables()).toHaveLength(count + 1);
    catalog.commitTables({ put: [definition("after")], remove: [] });
    expect(catalog.tables()).toHaveLength(count + 2);
  });
});
