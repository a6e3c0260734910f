/** The kernel process that waits for a notebook, and kernels that nobody needs, in a server as users start it. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { KernelSpare } from "../../../kernel/server/kernel-spare.ts";
import { buildKernel } from "./kernel-build.ts";
import { startTestServer, type Tab, TestServer } from "./start.ts";

let built: Awaited<ReturnType<typeof buildKernel>> | undefined;
beforeAll(async () => {
  built = await buildKernel("process", "watchdog", "main");
}, 60_000);
afterAll(() => built?.remove());

const alive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
const until = async (holds: () => boolean) => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20));
};
/** Processes of our build that a process started. */
function childrenOf(parent: number): number[] {
  const lines = execFileSync("ps", ["-eo", "pid=,ppid=,args="], { encoding: "utf8" }).split("\n");
  const rows = lines.map((line) => line.trim().split(/\s+/));
  return rows.flatMap(([pid, ppid, ...args]) =>
    Number(ppid) === parent && args.join(" ").includes("process.js") ? [Number(pid)] : [],
  );
}

const status = (tab: Tab, cell: number) =>
  tab
    .all("event")
    .flatMap(({ event }) => (event.type === "status" && event.cell === cell ? [event.status] : []))
    .at(-1);

async function serverWith(kernels: { spare?: boolean; idleMinutes?: number }) {
  const it = await startTestServer(built?.root, kernels);
  onTestFinished(() => it.close());
  await it.enter();
  return it;
}

test("a notebook's kernel is the process that waited, and another one waits soon", async () => {
  const it = await serverWith({ spare: true });
  const [spare] = childrenOf(process.pid);
  expect(spare).toBeDefined();
  const tab = await it.tab(await it.notebook("First", { id: 1, source: "process.pid", place: "kernel" }));
  await tab.until(() => JSON.stringify(tab.all("event")).includes(String(spare)));
  await until(() => childrenOf(process.pid).length === 2);
});

test("without a spare, a kernel starts when it is needed", async () => {
  const it = await serverWith({});
  expect(childrenOf(process.pid)).toEqual([]);
  const tab = await it.tab(await it.notebook("Cold", { id: 1, source: "6 * 7", place: "kernel" }));
  await tab.until(() => status(tab, 1) === "done");
});

test("a spare that was killed is replaced by the kernel that is asked for", async () => {
  const it = await serverWith({ spare: true });
  const [spare] = childrenOf(process.pid);
  process.kill(spare ?? 0, "SIGKILL");
  await until(() => !alive(spare ?? 0));
  const tab = await it.tab(await it.notebook("Killed", { id: 1, source: "6 * 7", place: "kernel" }));
  await tab.until(() => status(tab, 1) === "done");
});

test("a spare that is closed while it loads leaves nothing behind", async () => {
  const script = join(built?.root ?? "", "dist/kernel/process.js");
  const spare = new KernelSpare(() => ({ script, workspace: built?.root ?? "" }), true);
  spare.fill();
  const { pid } = spare;
  await spare.close();
  expect(alive(pid ?? 0)).toBe(false);
});

test("kill -9 of the server ends the spare and the kernels, also one that loops endlessly", async () => {
  const it = await serverWith({});
  const path = await it.notebook("Loop", { id: 1, source: "while (true);", place: "kernel" });
  const { process: server, door } = await startedServer(it.folder);
  const there = new TestServer(door, it.folder);
  await there.enter();
  await until(() => childrenOf(server.pid ?? 0).length === 1);
  const tab = await there.tab(path);
  await tab.until(() => status(tab, 1) === "running");
  await until(() => childrenOf(server.pid ?? 0).length === 2);
  const kernels = childrenOf(server.pid ?? 0);
  server.kill("SIGKILL");
  await until(() => !kernels.some(alive));
});

test("a kernel without a tab falls asleep, and a tab that comes back finds its cells run again", async () => {
  const it = await serverWith({ idleMinutes: 0.003 });
  const path = await it.notebook("Idle", { id: 1, source: "Math.random()", place: "kernel" });
  const first = await it.tab(path);
  await first.until(() => status(first, 1) === "done");
  const [kernel] = childrenOf(process.pid);
  await first.close();
  await until(() => !alive(kernel ?? 0));
  const second = await it.tab(path);
  const [opened] = second.all("opened");
  expect(opened?.kernel).toMatchObject({ state: "asleep", idleMinutes: 0.003, events: [] });
  expect(Object.keys(opened?.kept ?? {})).toEqual(["1"]);
  await second.until(() => status(second, 1) === "done");
  expect(second.all("kernel").map(({ state }) => state)).toContain("ready");
});

test("a kernel that works does not fall asleep, nor one with a tab", async () => {
  const it = await serverWith({ idleMinutes: 0.003 });
  const source = "for (let i = 0; i < 40; i++) await new Promise((go) => setTimeout(go, 20)); 'worked'";
  const path = await it.notebook("Busy", {
    id: 1,
    source: `display(await (async () => { ${source} })())`,
    place: "kernel",
  });
  const first = await it.tab(path);
  await first.until(() => status(first, 1) === "running");
  await first.close();
  const second = await it.tab(path);
  await second.until(() => status(second, 1) === "done");
  expect(second.all("opened")[0]?.kernel.state).not.toBe("asleep");
  const [kernel] = childrenOf(process.pid);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(alive(kernel ?? 0)).toBe(true);
});

async function startedServer(folder: string) {
  const main = join(built?.root ?? "", "dist/kernel/main.js");
  const child: ChildProcess = spawn(process.execPath, [main, folder, "--no-open", "--port", "0"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGKILL");
      await once(child, "exit");
    }
  });
  let printed = "";
  for await (const text of child.stdout ?? []) {
    printed += text;
    const found = /http:\/\/127\.0\.0\.1:(\d+)\S*token=(\S+)/.exec(printed);
    if (found) return { process: child, door: { port: Number(found[1]), token: found[2] ?? "" } };
  }
  throw new Error(`no address: ${printed}`);
}
