import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { buildKernel } from "./kernel-build.ts";
import { TestServer } from "./start.ts";

let built: Awaited<ReturnType<typeof buildKernel>> | undefined;
const folder = mkdtempSync(join(tmpdir(), "percolate-main-"));
beforeAll(async () => {
  built = await buildKernel("main", "process", "watchdog");
}, 60_000);
afterAll(() => {
  built?.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** Starts the program, and gives what it prints up to and including a text. */
function start(...words: string[]) {
  const script = join(built?.root ?? "", "dist/kernel/main.js");
  const env = { ...process.env, XDG_CONFIG_HOME: join(folder, "config"), DISPLAY: "", WAYLAND_DISPLAY: "" };
  const child = spawn(process.execPath, [script, ...words], { env, stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (printed += text));
  return { child, prints: () => printed, until: (pattern: RegExp) => matched(child, () => printed, pattern) };
}

async function matched(child: ChildProcess, printed: () => string, pattern: RegExp): Promise<string> {
  for (;;) {
    const found = pattern.exec(printed());
    if (found) return found[0];
    await Promise.race([once(child.stdout ?? child, "data"), once(child, "close")]);
    if (child.exitCode !== null && !pattern.test(printed())) throw new Error(printed());
  }
}

const ended = async (child: ChildProcess) =>
  child.exitCode === null ? (await once(child, "close"))[0] : child.exitCode;

test("it prints one URL that opens a session, and ends on Ctrl-C", async () => {
  const { child, until } = start(folder, "--port", "0", "--no-open");
  const url = await until(/http:\S+/);
  const answer = await fetch(url, { redirect: "manual" });
  expect(answer.status).toBe(303);
  child.kill("SIGINT");
  expect(await ended(child)).toBe(0);
});

test("a port in use is told in one line, without a stack", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as { port: number };
  const { child, prints } = start(folder, "--port", String(port), "--no-open");
  expect(await ended(child)).toBe(2);
  expect(prints()).toContain(`port ${port} is in use by another program; stop that program`);
  expect(prints().trim().split("\n")).toHaveLength(1);
  other.close();
});

test.each([
  [["--port", "abc"], "A port is a whole number"],
  [["--nonsense"], "--nonsense"],
  [["one", "two"], "too many arguments"],
])("%j is refused", async (words, reason) => {
  const { child, prints } = start(...words);
  expect(await ended(child)).toBe(2);
  expect(prints()).toContain(reason);
});

test("a file in place of the folder is refused", async () => {
  writeFileSync(join(folder, "file"), "");
  const { child, prints } = start(join(folder, "file"));
  expect(await ended(child)).toBe(2);
  expect(prints()).toContain("is a file");
});

test("killed without warning, it leaves no kernel behind", async () => {
  mkdirSync(join(folder, "notebooks"), { recursive: true });
  const { child, until } = start(folder, "--port", "0", "--no-open");
  const pid = await kernelPid(await until(/http:\S+/));
  expect(isRunning(pid)).toBe(true);
  child.kill("SIGKILL");
  await ended(child);
  while (isRunning(pid)) await new Promise((resolve) => setImmediate(resolve));
});

/** Opens a notebook, and gives the process that runs its kernel cell. */
async function kernelPid(url: string): Promise<number> {
  const { port, searchParams } = new URL(url);
  const it = new TestServer({ port: Number(port), token: searchParams.get("token") ?? "" }, folder);
  await it.enter();
  const path = await it.notebook("Pid", { id: 1, source: '"pid " + process.pid + " "', place: "kernel" });
  const tab = await it.tab(path);
  const pid = () => /pid (\d+) /.exec(JSON.stringify(tab.all("event")))?.[1];
  await tab.until(() => pid() !== undefined);
  return Number(pid());
}

/** A process that has ended but was not collected counts as ended. */
function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}
