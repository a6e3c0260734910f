import { expect, test } from "vitest";
import { engineOver } from "./catalog.ts";

test("a query's columns are known without running it, parameters or not", async () => {
  const engine = await engineOver();
  expect(
    await engine.describe(
      "SELECT i AS n, i / $1 AS share, {a: [1, 2]} AS s FROM range(1000000000000) t(i)",
      1,
    ),
  ).toEqual([
    { name: "n", type: "BIGINT" },
    { name: "share", type: expect.any(String) },
    { name: "s", type: "STRUCT(a INTEGER[])" },
  ]);
  expect(await engine.describe("  ")).toEqual([]);
});

test("a mistake is found before anything runs, under the wrong word", async () => {
  const engine = await engineOver();
  await expect(engine.describe("SELECT i,\n  nn\nFROM range(3) t(i)")).rejects.toMatchObject({
    failure: { kind: "sql", line: 2, column: 3 },
  });
});
