import { expect, test } from "vitest";
import type { CellSpec, RunPolicy } from "../../../kernel/notebook/document/notebook.ts";
import type { BridgeMessage, ProgramChange } from "../../../kernel/notebook/protocol.ts";
import type { KeptResults } from "../../../kernel/notebook/runtime/host.ts";
import { PlaceRuntime } from "../../../kernel/notebook/runtime/place.ts";
import { Random } from "../document/random.ts";
import { TestHost, turn } from "./places.ts";

/** A cell of the test: `v4 = (add + v1 + v3) % 3`, so that values often come out as they were. */
interface Spec {
  readonly id: number;
  readonly place: "browser" | "kernel";
  readonly run: RunPolicy;
  readonly add: number;
  readonly inputs: readonly number[];
}

function sourceOf({ id, add, inputs }: Spec): string {
  return `const v${id} = tick(${id}, ${[add, ...inputs.map((input) => `v${input}`)].join(" + ")})`;
}

function cellOf(spec: Spec): CellSpec {
  return { id: spec.id, place: spec.place, run: spec.run, source: sourceOf(spec) };
}

interface Known {
  /** The last one, null before there was any. */
  value: number | null;
  /** Whether it is there: a place that is begun anew has none. */
  present: boolean;
  /** Rises when the value becomes another one. */
  version: number;
  /** How often its code has changed. */
  edits: number;
  /** Stamps of the inputs that the value was made from; null before the cell has run as it is. */
  made: readonly string[] | null;
  /** It was asked for, and waits for its inputs. */
  owed: boolean;
  runs: number;
}

/** What a notebook with policies means, in as few words as possible. */
class Model {
  readonly cells = new Map<number, Known>();
  readonly kept = new Map<string, number>();
  specs: Spec[] = [];
  lazy = false;

  known(id: number): Known {
    const known = this.cells.get(id) ?? {
      value: null,
      present: false,
      version: 0,
      edits: 0,
      made: null,
      owed: false,
      runs: 0,
    };
    this.cells.set(id, known);
    return known;
  }

  byItself({ run }: Spec): boolean {
    return !this.lazy && (run === "auto" || run === "once");
  }

  /** All that runs after a change, in order. */
  settle(asked: ReadonlySet<number>): void {
    for (const spec of this.specs) {
      const cell = this.known(spec.id);
      if (spec.run === "off") continue;
      const current = this.isCurrent(spec);
      if (asked.has(spec.id)) cell.owed = true;
      if (!cell.owed && !(this.byItself(spec) && !current)) continue;
      const forced = asked.has(spec.id) && current && !this.stale(spec);
      if (spec.inputs.some((input) => !this.available(this.spec(input)))) continue;
      cell.owed = false;
      this.run(spec, cell, forced);
    }
  }

  spec(id: number): Spec {
    return this.specs.find((spec) => spec.id === id) as Spec;
  }

  /** Whether others can have a cell's value; one that waits to be run by hand holds its own whatever its inputs do. */
  available(spec: Spec): boolean {
    if (!this.known(spec.id).present) return false;
    return !this.byItself(spec) || spec.inputs.every((input) => this.available(this.spec(input)));
  }

  run(spec: Spec, cell: Known, forced: boolean): void {
    const inputs = spec.inputs.map((input) => this.known(input).value ?? 0);
    const key = JSON.stringify([sourceOf(spec), inputs]);
    const value = inputs.reduce((sum, input) => sum + input, spec.add) % 3;
    if (spec.run !== "once" || forced || !this.kept.has(key)) cell.runs++;
    if (spec.run === "once") this.kept.set(key, value);
    if (value !== cell.value) cell.version++;
    cell.present = true;
    cell.value = value;
    cell.made = this.stamps(spec);
  }

  /** Within a place new code counts as a new value; what comes over the border is compared. */
  stamps({ place, inputs }: Spec): string[] {
    return inputs.map((input) => {
      const { version, edits } = this.known(input);
      return this.spec(input).place === place ? `${version}, edit ${edits}` : `${version}`;
    });
  }

  isCurrent(spec: Spec): boolean {
    const { made } = this.known(spec.id);
    return made !== null && made.join() === this.stamps(spec).join();
  }

  /** Of itself, or through what it uses. */
  stale(spec: Spec): boolean {
    const waits = !this.byItself(spec);
    if (waits && !this.isCurrent(spec)) return true;
    return spec.inputs.some((input) => this.stale(this.spec(input)));
  }

  /** A place is begun anew. */
  forget(place: string): void {
    for (const spec of this.specs)
      if (spec.place === place)
        Object.assign(this.known(spec.id), { present: false, made: null, owed: false });
  }

  status(spec: Spec): string {
    if (spec.run === "off") return "stopped";
    return this.stale(spec) ? "stale" : "done";
  }
}

/** Both places as they are in the product, over wires that take their time. */
class World {
  readonly runs = new Map<number, number>();
  readonly #kept = new Map<string, string>();
  readonly #random: Random;
  #version = 0;
  #flying = 0;
  #specs: readonly Spec[] = [];
  #lazy = false;
  #ends = { browser: this.#end("browser"), kernel: this.#end("kernel") };

  constructor(random: Random) {
    this.#random = random;
  }

  #end(place: "browser" | "kernel") {
    const tick = (id: number, sum: number) => {
      this.runs.set(id, (this.runs.get(id) ?? 0) + 1);
      return sum % 3;
    };
    const host = new TestHost(place, { tick });
    const end = { host: Object.assign(host, { results: this.#results() }), runtime: new PlaceRuntime(host) };
    host.onSend = this.#wire(place === "browser" ? "kernel" : "browser");
    return end;
  }

  #results(): KeptResults {
    return {
      recall: async ({ cell }, inputs) => {
        const text = this.#kept.get(JSON.stringify([cell.id, cell.source, inputs]));
        return text === undefined ? null : { at: 1, values: JSON.parse(text) };
      },
      remember: async ({ cell }, inputs, values) => {
        this.#kept.set(JSON.stringify([cell.id, cell.source, inputs]), JSON.stringify(values));
      },
    };
  }

  #wire(to: "browser" | "kernel") {
    let last = Promise.resolve();
    return (message: BridgeMessage) => {
      this.#flying++;
      const copy = structuredClone(message);
      last = last
        .then(() => turn(this.#random.below(3)))
        .then(() => {
          this.#flying--;
          this.#ends[to].runtime.receive(copy);
        });
    };
  }

  async apply(specs: readonly Spec[], lazy: boolean, changed: readonly Spec[], rerun: readonly number[]) {
    this.#specs = specs;
    this.#lazy = lazy;
    const order = specs.map(({ id }) => id);
    const cells = changed.map((spec) => cellSpec(spec));
    const change: ProgramChange = { version: ++this.#version, order, cells, rerun, lazy };
    const ends = Object.values(this.#ends);
    if (this.#random.chance(0.5)) ends.reverse();
    for (const { runtime } of ends) {
      runtime.apply(change);
      await turn(this.#random.below(2));
    }
    await this.#quiet();
  }

  async restart(place: "browser" | "kernel"): Promise<void> {
    this.#ends[place].runtime.dispose();
    this.#ends[place].host.onSend = () => {};
    this.#ends[place] = this.#end(place);
    const order = this.#specs.map(({ id }) => id);
    const cells = this.#specs.map((spec) => cellSpec(spec));
    this.#ends[place].runtime.apply({ version: this.#version, order, cells, rerun: [], lazy: this.#lazy });
    this.#ends[place].runtime.hello();
    await this.#quiet();
  }

  status({ id, place }: Spec): string | undefined {
    return this.#ends[place].host.statuses.get(id);
  }

  value({ id, place }: Spec): unknown {
    const outcome = this.#ends[place].runtime.outcome(`v${id}`);
    return outcome && "value" in outcome ? outcome.value : null;
  }

  close(): void {
    for (const { runtime } of Object.values(this.#ends)) runtime.dispose();
  }

  async #quiet(): Promise<void> {
    for (let calm = 0, rounds = 0; calm < 3; rounds++) {
      await turn(1);
      const statuses = Object.values(this.#ends).flatMap(({ host }) => [...host.statuses]);
      if (rounds > 2000) throw new Error(`stuck: ${JSON.stringify(statuses)}`);
      const busy = statuses.some(([, status]) => status === "running" || status === "waiting");
      calm = busy || this.#flying > 0 ? 0 : calm + 1;
    }
  }
}

function cellSpec(spec: Spec) {
  const cell = cellOf(spec);
  return {
    mode: "ts",
    name: null,
    output: null,
    database: null,
    format: null,
    pinned: false,
    hidden: false,
    attributes: [],
    source: "",
    place: "browser",
    run: "auto",
    ...cell,
  } as const;
}

const policies = ["auto", "auto", "manual", "once", "off"] as const;

function randomSpec(random: Random, id: number): Spec {
  const inputs = Array.from({ length: id - 1 }, (_, index) => index + 1).filter(() => random.chance(0.4));
  return {
    id,
    place: random.pick(["browser", "kernel"] as const),
    run: random.pick(policies),
    add: random.below(3),
    inputs,
  };
}

async function compare(seed: number): Promise<void> {
  const random = new Random(seed);
  const world = new World(random);
  const model = new Model();
  const log: string[] = [];
  const check = () => {
    for (const spec of model.specs) {
      const where = `seed ${seed}, cell ${spec.id}, after ${log.join("; ")}`;
      const status = model.status(spec);
      expect(world.status(spec), where).toBe(status);
      if (status === "done") expect(world.value(spec), where).toBe(model.known(spec.id).value);
      expect(world.runs.get(spec.id) ?? 0, `runs: ${where}`).toBe(model.known(spec.id).runs);
    }
  };
  const change = async (changed: readonly Spec[], asked: readonly number[]) => {
    for (const spec of changed) model.specs = model.specs.map((each) => (each.id === spec.id ? spec : each));
    await world.apply(model.specs, model.lazy, changed, asked);
    model.settle(new Set(asked));
    check();
  };
  model.specs = Array.from({ length: 6 }, (_, index) => randomSpec(random, index + 1));
  model.lazy = random.chance(0.3);
  log.push(JSON.stringify([model.lazy, model.specs]));
  await change(model.specs, []);
  for (let step = 0; step < 12; step++) {
    const spec = random.pick(model.specs);
    const kind = random.pick(["edit", "edit", "edit", "run", "policy", "lazy", "restart"] as const);
    log.push(`${kind} ${spec.id}`);
    if (kind === "edit") {
      const next = { ...spec, add: (spec.add + 1 + random.below(2)) % 3 };
      Object.assign(model.known(spec.id), { made: null, present: false, owed: false });
      model.known(spec.id).edits++;
      await change([next], [spec.id]);
    } else if (kind === "run") await change([spec], [spec.id]);
    else if (kind === "policy") {
      const next = { ...spec, run: random.pick(policies) };
      log.push(next.run);
      await change([next], []);
    } else if (kind === "lazy") {
      model.lazy = !model.lazy;
      await change([], []);
    } else {
      await world.restart(spec.place);
      model.forget(spec.place);
      model.settle(new Set());
      check();
    }
  }
  world.close();
}

test("notebooks with random policies, edits and restarts are as a simple model says: values, statuses and runs", async () => {
  for (let seed = 1; seed <= 40; seed++) await compare(seed);
}, 120_000);
