/** Which cells wait to be run by hand, and which were asked for. */
import type { Place } from "../document/notebook.ts";
import { cellOf, type LiveCell } from "./live-cell.ts";
import type { Program } from "./program.ts";
import type { Wave } from "./scheduler.ts";

export class Held {
  readonly #place: Place | "all";
  readonly #program: Program;
  /** Cells that wait to be run by hand. */
  readonly #held = new Set<number>();
  /** Cells that were asked for by hand and so run in the next wave whatever their policy. */
  readonly #asked = new Set<number>();

  constructor(place: Place | "all", program: Program) {
    this.#place = place;
    this.#program = program;
  }

  hold(id: number): void {
    this.#held.add(id);
  }

  /** The cell runs in the next wave whatever its policy. */
  ask(id: number): void {
    this.#held.delete(id);
    this.#asked.add(id);
  }

  wasAsked(id: number): boolean {
    return this.#asked.has(id);
  }

  /** Only these cells run of their own accord or by earlier request. */
  holdAllBut(wanted: ReadonlySet<number>, cells: Iterable<number>): void {
    for (const id of cells) {
      if (wanted.has(id)) continue;
      this.#asked.delete(id);
      this.#held.add(id);
    }
  }

  /**
   * Cells that run only by hand keep their value, unless they were asked for.
   * @param missed told of each cell that is left out so
   */
  cut(wave: Wave, missed: (cell: LiveCell) => void): void {
    for (const live of this.#waiting(wave)) {
      wave.cut(live.body);
      if (this.#held.has(live.id)) live.setStatus("stopped");
      missed(live);
    }
  }

  /** The wave has begun: what was asked for runs. */
  begun(): void {
    this.#asked.clear();
  }

  #waiting(wave: Wave): LiveCell[] {
    const waiting: LiveCell[] = [];
    for (const variable of wave.variables) {
      const live = cellOf(variable);
      if (live && variable === live.body && this.waits(live)) waiting.push(live);
    }
    return waiting;
  }

  waits({ id, program, asked }: LiveCell): boolean {
    if (program.run === "off") return true;
    if (asked || this.#asked.has(id)) return false;
    if (this.#held.has(id)) return true;
    return this.#place !== "all" && !this.#program.runsByItself(program);
  }
}
