import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";

const data = resolve(import.meta.dirname, "../../../notebooks/data");
const folder = mkdtempSync(join(tmpdir(), "coffee-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("the script makes the coffee diary again, byte for byte", () => {
  execFileSync(process.execPath, [join(data, "make-coffee.mjs"), folder]);
  for (const name of ["coffees.csv", "brews.ndjson", "notes.txt"]) {
    expect(readFileSync(join(folder, name)).equals(readFileSync(join(data, "coffee", name))), name).toBe(
      true,
    );
  }
});
