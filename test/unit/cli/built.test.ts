import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";

const cli = resolve(import.meta.dirname, "../../../dist/kernel/cli.js");
const root = mkdtempSync(join(tmpdir(), "percolate-built-"));
afterAll(() => rmSync(root, { recursive: true }));

const percolate = (...args: string[]) =>
  spawnSync(process.execPath, [cli, ...args], { encoding: "utf8", cwd: root });

test.skipIf(!existsSync(cli))(
  "the built command prints one JSON object, and ends although a cell left a timer",
  () => {
    const cells = [
      '<script id="1" type="text/x-typescript">\n    setInterval(() => {}, 1000); console.log("said");\n  </script>',
      '<script id="2" type="application/sql" output="rows">\n    SELECT 1 + 1 AS two\n  </script>',
      '<script id="3" type="text/x-typescript">\n    Array.from(rows, (row) => row.two).nothing.here\n  </script>',
    ];
    writeFileSync(
      join(root, "timer.html"),
      `<!doctype html>\n<notebook>\n  <title>T</title>\n  ${cells.join("\n  ")}\n</notebook>\n`,
    );
    const { status, stdout, stderr } = percolate("run", "timer.html", "--json", "--workspace", root);
    expect(status).toBe(1);
    expect(JSON.parse(stdout).cells.map((cell: { status: string }) => cell.status)).toEqual([
      "done",
      "done",
      "failed",
    ]);
    expect(stderr).toContain("cell 1: said");
    expect(stderr).toContain("cell 3 (line 1:");
  },
);

test.skipIf(!existsSync(cli))("the built command tells wrong use from failure", () => {
  expect(percolate("--version").status).toBe(0);
  expect(percolate("nonsense").status).toBe(2);
  expect(percolate("run", "missing.html").status).toBe(2);
});
