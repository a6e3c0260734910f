/**
 * Which cells are out of date: those that wait to be run by hand while what they use has changed, and all that depend
 * on them, in both places. A cell that runs nevertheless, for another input's sake, stays out of date with what it uses.
 */
import type { BridgeMessage, Staleness } from "../protocol.ts";
import type { LiveCell } from "./live-cell.ts";
import type { Program } from "./program.ts";

export interface Stale {
  readonly kind: Staleness;
  /** Why, as a short sentence. */
  readonly note: string;
}

export interface StaleOptions {
  readonly program: Program;
  readonly live: ReadonlyMap<number, LiveCell>;
  /** Names of a cell's inputs that differ from those that its value was made from; null if that is not known. */
  readonly changedInputs: (cell: LiveCell) => Promise<readonly string[] | null>;
  readonly send: (message: BridgeMessage) => void;
}

export class StaleCells {
  readonly #options: StaleOptions;
  /** Those here that are stale of themselves. */
  readonly #own = new Map<number, Stale>();
  /** Those of the other place. */
  #theirs: Readonly<Record<number, Staleness>> = {};
  #marked: ReadonlyMap<number, Stale> = new Map();
  #sent = "{}";

  constructor(options: StaleOptions) {
    this.#options = options;
  }

  /** Cells here that are stale of themselves. */
  own(): readonly number[] {
    return [...this.#own.keys()];
  }

  /** Cells of both places that are stale of themselves. */
  all(): readonly number[] {
    return [...this.#own.keys(), ...Object.keys(this.#theirs).map(Number)];
  }

  /** A wave passed a cell by that waits to be run by hand. */
  missed(cell: LiveCell): void {
    if (cell.everRan) void this.#compare(cell);
    else this.#own.set(cell.id, { kind: "none", note: neverRan(cell) });
  }

  /** Something that it imports changed, and it waits to be run by hand. */
  touched({ id, everRan }: LiveCell): void {
    if (everRan) this.#own.set(id, { kind: "old", note: "a module that it imports changed" });
  }

  /** The cell runs, or is there no more. */
  forget(id: number): void {
    this.#own.delete(id);
  }

  receive(cells: Readonly<Record<number, Staleness>>): void {
    this.#theirs = cells;
    this.update();
  }

  /** Tells the other place anew. */
  resend(): void {
    this.#sent = "";
    this.#tell();
  }

  /** Marks all cells that are out of date now, and takes the mark from the others. */
  update(): void {
    const before = this.#marked;
    const nothing = this.#own.size === 0 && Object.keys(this.#theirs).length === 0;
    this.#marked = nothing ? new Map() : this.#reach();
    for (const id of before.keys()) if (!this.#marked.has(id)) this.#options.live.get(id)?.setStale(null);
    for (const [id, stale] of this.#marked) this.#options.live.get(id)?.setStale(stale);
    this.#tell();
  }

  async #compare(cell: LiveCell): Promise<void> {
    const { runs } = cell;
    const names = await this.#options.changedInputs(cell);
    if (names?.length === 0 || cell.runs !== runs || this.#options.live.get(cell.id) !== cell) return;
    this.#own.set(cell.id, { kind: "old", note: changed(names) });
    this.update();
  }

  #reach(): Map<number, Stale> {
    const { graph } = this.#options.program;
    const theirs = Object.entries(this.#theirs).map(
      ([id, kind]) => [Number(id), { kind, note: "" }] as const,
    );
    const reached = new Map<number, Stale>([...this.#own, ...theirs]);
    const open = [...reached.keys()];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      const kind = reached.get(id)?.kind ?? "old";
      for (const child of graph.children(id)) {
        const known = reached.get(child);
        if (this.#own.has(child) || known?.kind === "none" || known?.kind === kind) continue;
        reached.set(child, { kind, note: this.#because(child, id, kind) });
        open.push(child);
      }
    }
    return reached;
  }

  #because(child: number, parent: number, kind: Staleness): string {
    const { graph } = this.#options.program;
    const name = graph.cell(child)?.compiled.inputs.find((input) => graph.definer.get(input) === parent);
    return kind === "old"
      ? `uses ${name} of cell ${parent}, which is out of date`
      : `needs ${name} of cell ${parent}, which has not run`;
  }

  #tell(): void {
    if (this.#options.program.graph.crossing.size === 0) return;
    const cells = Object.fromEntries([...this.#own].map(([id, { kind }]) => [id, kind]));
    const text = JSON.stringify(cells);
    if (text === this.#sent) return;
    this.#sent = text;
    this.#options.send({ type: "stale", cells });
  }
}

function neverRan({ program }: LiveCell): string {
  return program.run === "off" ? "switched off" : "not run yet";
}

function changed(names: readonly string[] | null): string {
  if (names === null) return "an input changed";
  return names.length === 1 ? `an input changed: ${names[0]}` : `inputs changed: ${names.join(", ")}`;
}
