import type { Output } from "../../../kernel/notebook/display/output.ts";
import { shownAfter } from "../../../kernel/notebook/display/shown-after.ts";
import type {
  Answer,
  BridgeMessage,
  CellEvent,
  FromSandbox,
  FromShell,
  OutputsEvent,
  ProgramChange,
  ToSandbox,
  ToShell,
} from "../../../kernel/notebook/protocol.ts";
import { Store } from "../app/store.ts";
import { theme } from "../app/theme.ts";
import { ColumnLayout } from "./column-layout.ts";
import { HeightReport } from "./height-report.ts";
import { leaveOutput, replayKey } from "./output-focus.ts";
import { applyChange, emptyProgram, type Program, wholeProgram } from "./program.ts";
import { SandboxHost } from "./sandbox-host.ts";

type Opened = Extract<ToShell, { type: "opened" }>;
type Shown = { readonly outputs: readonly Output[]; readonly kept: boolean };

/** The notebook's end of its sandbox: passes messages both ways and remembers what a fresh sandbox needs. */
export class SandboxLink {
  readonly #toServer: (message: FromShell) => void;
  readonly #tell: (event: CellEvent) => void;
  #host: SandboxHost | null = null;
  readonly layout = new ColumnLayout((layout) => this.post({ type: "layout", ...layout }));
  #program: Program = emptyProgram;
  #opened = false;
  #trusted = false;
  #primary = false;
  #address = "";
  #held: readonly number[] = [];
  #requests = 0;
  /** What the sandbox said before the notebook was open. */
  readonly #early: BridgeMessage[] = [];
  readonly #pending = new Map<number, number>();
  readonly #inputs = new Map<number, readonly unknown[]>();
  readonly #shown = new Map<number, Shown>();
  #reserved: Readonly<Record<number, number>> = {};
  readonly #unfollowTheme: () => void;
  readonly #heights = new HeightReport((heights) => {
    if (this.#primary) this.#toServer({ type: "heights", heights });
  });
  readonly failed = new Store(false);
  /** Whether it has ceased to answer: some code in it runs without end. */
  readonly stuck = new Store(false);
  /** The cell whose output the user last touched, and how often. */
  readonly touched = new Store<{ readonly cell: number; readonly count: number }>({ cell: -1, count: 0 });

  constructor(toServer: (message: FromShell) => void, tell: (event: CellEvent) => void) {
    this.#toServer = toServer;
    this.#tell = tell;
    this.#unfollowTheme = theme.subscribe(this.#postTheme);
  }

  /** Starts the sandbox in the page's column. */
  attach(url: () => Promise<string>, column: HTMLElement): void {
    this.#host = new SandboxHost(url, column, {
      ready: () => this.#fill(),
      message: (message) => this.#receive(message),
      failed: () => this.failed.set(true),
      stuck: (stuck) => this.stuck.set(stuck),
    });
  }

  /** Moves the focus into a cell's output, if something in it takes it. */
  enter(cell: number, from: "start" | "end"): void {
    this.post({ type: "enter", cell, from });
  }

  post(message: ToSandbox): void {
    this.#host?.post(message);
  }

  /** The notebook was opened, or opened again after the server was away. */
  open(message: Opened): void {
    const same = this.#opened && samePrograms(this.#program, applyChange(emptyProgram, message.program));
    this.#program = applyChange(emptyProgram, message.program);
    this.#trusted = message.trusted;
    this.#primary = message.primary;
    this.#address = message.address;
    for (const [cell, { outputs }] of Object.entries(message.kept)) this.#keep(Number(cell), outputs);
    this.#reserve(message);
    for (const event of message.kernel.events) if (event.type === "outputs") this.showOutputs(event);
    const again = this.#opened && !same;
    this.#opened = true;
    if (again) this.restart([]);
    else if (same) this.#rejoin();
    else if (this.#host?.ready) this.#fill();
  }

  changeProgram(change: ProgramChange): void {
    this.#program = applyChange(this.#program, change);
    const run = new Set([...change.rerun, ...change.cells.map((cell) => cell.id)]);
    this.#held = this.#held.filter((cell) => !run.has(cell));
    for (const id of this.#shown.keys()) if (!this.#program.cells.has(id)) this.#shown.delete(id);
    if (this.#trusted) this.post({ type: "program", change });
  }

  setTrusted(trusted: boolean): void {
    const now = trusted && !this.#trusted;
    this.#trusted = trusted;
    if (now) this.post({ type: "program", change: wholeProgram(this.#program) });
  }

  setPrimary(primary: boolean): void {
    this.#primary = primary;
    this.post({ type: "primary", primary });
  }

  /** What a kernel cell shows. */
  showOutputs(event: OutputsEvent): void {
    const before = this.#shown.get(event.cell)?.outputs ?? [];
    this.#shown.set(event.cell, { outputs: shownAfter(before, event), kept: false });
    this.post({ ...event, kept: false });
  }

  answer(id: number, answer: Answer): void {
    const theirs = this.#pending.get(id);
    this.#pending.delete(id);
    if (theirs !== undefined) this.post({ type: "answer", id: theirs, answer });
  }

  /** Ends all that runs in the sandbox. Values of inputs stay; `held` cells wait until run by hand. */
  restart(held: readonly number[]): void {
    this.#held = [...new Set([...this.#held, ...held])];
    this.#pending.clear();
    this.#early.length = 0;
    this.failed.set(false);
    this.#host?.replace();
  }

  close(): void {
    this.#unfollowTheme();
    this.#host?.close();
    this.#heights.flush();
    this.layout.close();
  }

  #keep(cell: number, outputs: readonly Output[]): void {
    if (!this.#shown.has(cell)) this.#shown.set(cell, { outputs, kept: true });
  }

  /** Outputs take the room that they took last, until they are there. What waits to be run may never be. */
  #reserve({ heights, kept }: Opened): void {
    const known = Object.entries(heights).filter(([id]) => {
      const cell = this.#program.cells.get(Number(id));
      return id in kept || (cell?.run === "auto" && !this.#program.lazy);
    });
    this.#reserved = Object.fromEntries(known);
    this.layout.reserve(this.#reserved);
  }

  /** Everything that a fresh sandbox needs, in the order in which it needs it. */
  #fill(): void {
    if (!this.#opened) return;
    this.#postTheme();
    this.post({ type: "primary", primary: this.#primary });
    this.post({ type: "address", url: this.#address });
    this.layout.resend();
    this.post({ type: "inputs", values: Object.fromEntries(this.#inputs) });
    if (this.#held.length > 0) this.post({ type: "hold", cells: this.#held });
    for (const [cell, shown] of this.#shown) this.post({ type: "outputs", cell, ...shown });
    if (!this.#trusted) return;
    this.post({ type: "reserve", heights: this.#reserved });
    this.post({ type: "program", change: wholeProgram(this.#program) });
    for (const message of this.#early.splice(0)) this.#bridge(message);
  }

  /** Messages were lost while the server was away: both ends tell each other everything again. */
  #rejoin(): void {
    this.post({ type: "address", url: this.#address });
    this.post({ type: "primary", primary: this.#primary });
    this.post({ type: "bridge", message: { type: "hello", fresh: true } });
    this.#bridge({ type: "hello", fresh: true });
  }

  /** Only one tab feeds the kernel; the others may still ask for its values. */
  #bridge(message: BridgeMessage): void {
    if (!this.#opened) this.#early.push(message);
    else if (this.#primary || message.type === "hello") this.#toServer({ type: "bridge", message });
  }

  readonly #postTheme = (): void => {
    this.post({ type: "theme", theme: theme.get() });
  };

  #receive(message: FromSandbox): void {
    switch (message.type) {
      case "events":
        for (const event of message.events) this.#tell(event);
        return;
      case "bridge":
        return this.#bridge(message.message);
      case "heights":
        this.layout.setHeights(message.heights);
        return this.#heights.tell(message.heights);
      case "request":
        this.#pending.set(++this.#requests, message.id);
        return this.#toServer({ type: "request", id: this.#requests, request: message.request });
      case "cancel":
        return this.#cancel(message.id);
      case "inputs":
        this.#inputs.set(message.cell, message.values);
        return;
      case "snapshot":
        return this.#snapshot(message);
      case "focus":
        return this.touched.update(({ count }) => ({ cell: message.cell, count: count + 1 }));
      case "key":
        return replayKey(this.#host?.frame ?? null, message);
      case "leave":
        return leaveOutput(message.cell, message.direction);
      case "ready":
      case "pong":
        return;
    }
  }

  #cancel(theirs: number): void {
    for (const [id, pending] of this.#pending) if (pending === theirs) this.#toServer({ type: "cancel", id });
  }

  #snapshot({ cell, outputs }: Extract<FromSandbox, { type: "snapshot" }>): void {
    this.#shown.set(cell, { outputs, kept: true });
    if (this.#primary) this.#toServer({ type: "snapshot", cell, outputs });
  }
}

function samePrograms(a: Program, b: Program): boolean {
  return a.version === b.version && JSON.stringify(a.order) === JSON.stringify(b.order) && sameCells(a, b);
}

function sameCells(a: Program, b: Program): boolean {
  return JSON.stringify([...a.cells.values()]) === JSON.stringify([...b.cells.values()]);
}
