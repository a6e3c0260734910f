import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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
    expect(stderr).toContain("timer.html, cell 3, 1:");
  },
);

test.skipIf(!existsSync(cli))("the built command tells wrong use from failure", () => {
  expect(percolate("--version").status).toBe(0);
  expect(percolate("nonsense").status).toBe(2);
  expect(percolate("run", "missing.html").status).toBe(2);
});

test.skipIf(!existsSync(cli))(
  "Ctrl-C ends an endless loop, and the report of the rest is written",
  async () => {
    const cells = [
      '<script id="1" type="text/markdown">\n    Written before.\n  </script>',
      '<script id="2" type="text/x-typescript">\n    await new Promise((resolve) => setTimeout(resolve, 50)); process.stderr.write("looping"); while (true) {}\n  </script>',
    ];
    const text = `<!doctype html>\n<notebook>\n  <title>L</title>\n  ${cells.join("\n  ")}\n</notebook>\n`;
    writeFileSync(join(root, "loop.html"), text);
    const args = [cli, "run", "loop.html", "--json", "--report", "report.html", "--workspace", root];
    const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    child.stdout.on("data", (chunk) => {
      stdout += chunk;
    });
    for await (const chunk of child.stderr) if (String(chunk).includes("looping")) break;
    const begin = performance.now();
    child.kill("SIGINT");
    const [status] = await once(child, "exit");
    expect(status).toBe(130);
    expect(performance.now() - begin).toBeLessThan(3000);
    const statuses = JSON.parse(stdout).cells.map((cell: { status: string }) => cell.status);
    expect(statuses).toEqual(["done", "stopped"]);
    expect(readFileSync(join(root, "report.html"), "utf8")).toContain("Written before.");
  },
);

test.skipIf(!existsSync(cli))("with --json, wrong use is one JSON object too", () => {
  for (const args of [["run", "missing.html"], ["run"], ["crawl", "missing"], ["nonsense"]]) {
    const { status, stdout } = percolate(...args, "--json");
    expect(status).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      failure: { kind: "input", message: expect.stringMatching(/missing|nonsense/) },
    });
  }
});
