import { execFileSync, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { columnFromArray, tableFromColumns, tableToIPC } from "@uwdata/flechette";
import { build } from "vite";
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test } from "vitest";
import { prepareWorkspace, type Workspace, workspaceAt } from "../../../kernel/catalog/workspace.ts";
import { type CellSpec, toCell } from "../../../kernel/notebook/document/notebook.ts";
import type { CellEvent } from "../../../kernel/notebook/protocol.ts";
import { type HeadlessOptions, runHeadless } from "../../../kernel/session/headless.ts";
import { makeLoader } from "../../../kernel/session/loaders/loader.ts";

let workspace: Workspace;
const path = process.env.PATH;

beforeAll(() => {
  workspace = workspaceAt(mkdtempSync(join(tmpdir(), "percolate-loaders-")));
  mkdirSync(workspace.notebooks);
  writeFileSync(join(workspace.notebooks, "beside.txt"), "beside");
  prepareWorkspace(workspace);
});

afterEach(() => {
  process.env.PATH = path;
});

afterAll(() => rmSync(workspace.root, { recursive: true, force: true }));

type Source = string | Omit<CellSpec, "id">;

function options(cells: readonly Source[], rest: Partial<HeadlessOptions> = {}): HeadlessOptions {
  const made = cells.map((cell, index) =>
    toCell({ id: index + 1, ...(typeof cell === "string" ? { source: cell } : cell) }),
  );
  const notebook = { title: "Test", cells: made };
  return { workspace, notebook, path: join(workspace.notebooks, "test.html"), ...rest };
}

/** Runs one loader and a cell that says what its value is. */
async function load(mode: string, source: string, format: string | null, about = "value") {
  const events: CellEvent[] = [];
  const loader = { mode, source, format, output: "value" };
  const result = await runHeadless(options([loader, about], { onEvent: (event) => events.push(event) }));
  const [first, second] = result.cells;
  const [output] = second?.outputs ?? [];
  const printed = events.flatMap((event) => (event.type === "console" ? [event.text] : []));
  return {
    failure: first?.failure,
    shown: first?.outputs[0],
    text: output?.type === "value" ? output.value.text : output?.type,
    printed,
  };
}

const json = (name = "value") => `JSON.stringify(${name})`;

test.each([
  ["text", "print('a', 1)", json(), '"a 1\\n"'],
  ["json", "import json; print(json.dumps({'a': [1, None]}))", json(), '{"a":[1,null]}'],
  [
    "csv",
    "print('day,cups\\n2024-01-01,3')",
    "[value[0].day.getTime(), value[0].cups, value.columns.join()].join()",
    "1704067200000,3,day,cups",
  ],
  ["tsv", "print('a\\tb\\n1\\ttrue')", json("value[0]"), '{"a":1,"b":true}'],
  ["blob", "print('abc', end='')", "[value.constructor.name, value.size].join()", "Blob,3"],
  [
    "buffer",
    "import sys; sys.stdout.buffer.write(bytes([0, 255, 10]))",
    "[value.constructor.name, ...new Uint8Array(value)].join()",
    "ArrayBuffer,0,255,10",
  ],
  [null, "print('abc', end='')", "[value.constructor.name, value.byteLength].join()", "ArrayBuffer,3"],
  ["xml", "print('<a><b>1</b></a>')", "value.documentElement.firstChild.textContent", "1"],
])("what Python prints as %s is a value", async (format, source, about, wanted) => {
  const { failure, text } = await load("python", source, format, about);
  expect(failure).toBeUndefined();
  expect(text).toBe(wanted);
});

test("HTML is shown as an element, pictures as pictures", async () => {
  const html = await load("python", "print('<b>1</b><script>0</script>')", "html", "value.outerHTML");
  expect(html.shown).toMatchObject({ type: "html", html: expect.stringContaining("<b>1</b>") });
  const svg = await load(
    "python",
    "print('<svg xmlns=\"http://www.w3.org/2000/svg\"/>')",
    "svg",
    "value.tagName",
  );
  expect(svg.shown).toMatchObject({ html: expect.stringContaining("data:image/svg+xml;base64,PHN2") });
  expect(svg.text).toBe("IMG");
});

test("an Arrow table is a table, and so is a Parquet file, whose rows stay in the engine", async () => {
  const bytes = tableToIPC(tableFromColumns({ a: columnFromArray([1, 2, 3]) }), { format: "stream" });
  writeFileSync(join(workspace.notebooks, "three.arrow"), bytes ?? new Uint8Array());
  const cat = (file: string) => `import sys; sys.stdout.buffer.write(open('${file}', 'rb').read())`;
  const arrow = await load("python", cat("three.arrow"), "arrow", "d3.sum(value, (row) => row.a)");
  expect([arrow.shown?.type, arrow.text]).toEqual(["table", "6"]);
  const file = join(workspace.notebooks, "four.parquet");
  await runHeadless(
    options([{ mode: "sql", source: `COPY (SELECT range AS a FROM range(4)) TO '${file}'` }]),
  );
  const parquet = await load("python", cat("four.parquet"), "parquet", "d3.sum(value, (row) => row.a)");
  expect([parquet.shown?.type, parquet.text]).toEqual(["table", "6"]);
});

test("Node runs TypeScript in the notebook's folder, and may read but not write", async () => {
  const reading =
    'import { readFileSync } from "node:fs";\nconst text: string = readFileSync("beside.txt", "utf8");\nconsole.log(text as string);';
  expect((await load("node", reading, "text")).text).toBe("beside\n");
  const writing = 'import { writeFileSync } from "node:fs";\n\nwriteFileSync("made.txt", "");';
  const { failure } = await load("node", writing, "text");
  expect(failure).toMatchObject({ line: 3, column: 1, remedy: expect.stringContaining("only read") });
  expect(existsSync(join(workspace.notebooks, "made.txt"))).toBe(false);
});

test("a loader uses no names of other cells, and the braces in it are its own", async () => {
  const [first] = (
    await runHeadless(
      options([{ mode: "python", source: "print('${x}', '`')", format: "text" }, "const x = 1"]),
    )
  ).cells;
  expect(first?.outputs[0]).toMatchObject({ value: { text: "${x} `\n" } });
});

test.each([
  ["python", "def f():\n  return y\n\nf()", { message: "NameError: name 'y' is not defined", line: 2 }],
  ["python", "if True:\n    b = = 2", { message: "SyntaxError: invalid syntax", line: 2, column: 9 }],
  [
    "python",
    "import no_such_module",
    {
      message: "ModuleNotFoundError: No module named 'no_such_module'",
      line: 1,
      remedy: "install it: python3 -m pip install no_such_module",
    },
  ],
  ["python", "import sys; sys.exit(3)", { message: "Python ended with status 3" }],
  ["python", "import os; os.kill(os.getpid(), 15)", { message: "Python was ended by SIGTERM" }],
  [
    "node",
    "const a: number = 1;\nfunction f() { throw new TypeError('no\\nway'); }\nf();",
    { message: "TypeError: no\nway", line: 2, column: 22 },
  ],
  ["node", "const a = ;", { kind: "syntax", line: 1, column: 11 }],
  [
    "node",
    "import 'no-such-package'",
    { message: expect.stringContaining("Cannot find package 'no-such-package'") },
  ],
  ["node", "process.exit(2)", { message: "Node ended with status 2" }],
])("a program of %s that fails says why and where: %s", async (mode, source, wanted) => {
  expect((await load(mode, source, "text")).failure).toMatchObject(wanted);
});

test("what is written to standard error is told line by line, and all of a traceback", async () => {
  const source = "import sys\nprint('one', file=sys.stderr)\nprint('two', end='', file=sys.stderr)\n";
  expect((await load("python", source, "text")).printed).toEqual(["one", "two"]);
  expect((await load("python", "1/0", "text")).printed).toContain("ZeroDivisionError: division by zero");
});

test.each([
  ["json", "print('{')", "the output is no JSON"],
  ["json", "", null],
  ["json", "pass", "the output is no JSON"],
  ["arrow", "print('no')", "the output is no Arrow IPC"],
  ["parquet", "print('no')", "the output is no Parquet"],
  ["jsn", "print(1)", 'format "jsn" is not known'],
])("output that is no %s is refused", async (format, source, message) => {
  const { failure } = await load("python", source, format);
  if (message === null) expect(failure).toBeUndefined();
  else expect(failure?.message).toContain(message);
});

/** Puts a program before all others on the path. */
function fake(name: string, script: string): void {
  const folder = mkdtempSync(join(workspace.root, "bin-"));
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}`);
  chmodSync(join(folder, name), 0o755);
  process.env.PATH = `${folder}${delimiter}${path}`;
}

test("R gets the program on its standard input, and its errors are told", async () => {
  fake("Rscript", 'echo "args: $*"; cat');
  expect((await load("r", "cat(1)", "text")).text).toBe("args: -\ncat(1)");
  fake(
    "Rscript",
    `cat >/dev/null; printf "Error in f(1) : object 'y' not found\\nExecution halted\\n" >&2; exit 1`,
  );
  expect((await load("r", "f(1)", "text")).failure?.message).toBe("Error in f(1) : object 'y' not found");
  fake(
    "Rscript",
    `cat >/dev/null; printf "Error in library(dplyr) : there is no package called 'dplyr'\\n" >&2; exit 1`,
  );
  expect((await load("r", "library(dplyr)", "text")).failure?.remedy).toContain('install.packages("dplyr")');
});

test.each([
  ["r", "R is not installed: the command Rscript was not found", "apt install r-base-core"],
  ["python", "Python is not installed: the command python3 was not found", "apt install python3"],
])(
  "where the interpreter of %s is missing, the failure says what to install",
  async (mode, message, remedy) => {
    process.env.PATH = workspace.root;
    const { failure } = await load(mode, "1", "text");
    expect(failure?.message).toBe(message);
    expect(failure?.remedy).toContain(remedy);
  },
);

// ---- Ends ------------------------------------------------------------------------------------------------------------

/** A program that starts another one, says so in a file, and goes on for ever. */
const endless = (file: string) => `
import subprocess, time
other = subprocess.Popen(["sleep", "1000"])
open("${file}.new", "w").write(str(other.pid))
import os; os.rename("${file}.new", "${file}")
while True: time.sleep(1)`;

const isAlive = (pid: number) => {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
};

async function until(done: () => boolean): Promise<void> {
  while (!done()) await new Promise((resolve) => setTimeout(resolve, 10));
}

async function started(file: string): Promise<number> {
  await until(() => existsSync(file));
  return Number(readFileSync(file, "utf8"));
}

test("a run that is stopped ends its program and all that it started", async () => {
  const file = join(workspace.root, "stopped.pid");
  const stop = new AbortController();
  const run = runHeadless(
    options([{ mode: "python", source: endless(file), format: "text" }], { signal: stop.signal }),
  );
  const pid = await started(file);
  stop.abort();
  expect((await run).cells[0]?.status).toBe("stopped");
  await until(() => !isAlive(pid));
});

test("a program does not outlive the process that runs it, even if that is killed", async () => {
  const outDir = mkdtempSync(resolve(import.meta.dirname, "../../../node_modules/.cache-loader-"));
  onTestFinished(() => rmSync(outDir, { recursive: true, force: true }));
  const ssr = join(import.meta.dirname, "loader-process.ts");
  await build({ configFile: false, logLevel: "error", build: { ssr, outDir, target: "node20" } });
  const file = join(workspace.root, "killed.pid");
  const args = [join(outDir, "loader-process.js"), workspace.root, endless(file)];
  const parent = spawn(process.execPath, args, { stdio: "ignore" });
  const pid = await started(file);
  parent.kill("SIGKILL");
  await until(() => !isAlive(pid));
});

test("what a program leaves running in the background ends with it", async () => {
  const { text } = await load(
    "python",
    'import subprocess; print(subprocess.Popen(["sleep", "1000"]).pid)',
    "text",
  );
  await until(() => !isAlive(Number(JSON.parse(text ?? ""))));
});

test("a program that prints without end is ended", async () => {
  const load = makeLoader({
    notebook: join(workspace.notebooks, "test.html"),
    root: workspace.root,
    engine: () => Promise.reject(new Error("unused")),
    signal: new AbortController().signal,
    print: () => {},
    limit: 2 ** 20,
  });
  const endlessly = load({ interpreter: "python", format: "text", code: "while True: print('x' * 1000)" });
  await expect(endlessly).rejects.toThrow("printed more than 1 MB");
});

test("a program may end without reading what it is given", async () => {
  fake("Rscript", "exec 0<&-; echo done");
  expect((await load("r", "x".repeat(1_000_000), "text")).text).toBe("done\n");
});

test("nothing is left running", () => {
  const left = execFileSync("ps", ["-eo", "args"], { encoding: "utf8" });
  expect(left.split("\n").filter((line) => /^sleep 1000$/.test(line))).toEqual([]);
});
