/** Which cells wait to be run by hand, and which were asked for. */
import type { Place } from "../document/notebook.ts";
import { cellOf, type LiveCell } from "./live-cell.ts";
import { runsByItself } from "./program.ts";
import type { Wave } from "./scheduler.ts";

export class Held {
  readonly #place: Place | "all";
  /** Cells that wait to be run by hand. */
  readonly #held = new Set<number>();
  /** Cells that were asked for by hand and so run in the next wave whatever their policy. */
  readonly #asked = new Set<number>();

  constructor(place: Place | "all") {
    this.#place = place;
  }

  hold(id: number): void {
    this.#held.add(id);
  }

  /** The cell runs in the next wave whatever its policy. */
  ask(id: number): void {
    this.#held.delete(id);
    this.#asked.add(id);
  }

  /** Only these cells run of their own accord or by earlier request. */
  holdAllBut(wanted: ReadonlySet<number>, cells: Iterable<number>): void {
    for (const id of cells) {
      if (wanted.has(id)) continue;
      this.#asked.delete(id);
      this.#held.add(id);
    }
  }

  /** Cells that run only by hand keep their value and become stale, unless they were asked for. */
  cut(wave: Wave): void {
    for (const variable of [...wave.variables]) {
      const live = cellOf(variable);
      if (!live || variable !== live.body || !this.#waits(live)) continue;
      wave.cut(variable);
      const stopped = live.program.run === "off" || this.#held.has(live.id);
      live.setStatus(stopped ? "stopped" : "stale");
    }
  }

  /** The wave has begun: what was asked for runs. */
  begun(): void {
    this.#asked.clear();
  }

  #waits({ id, program }: LiveCell): boolean {
    if (this.#asked.has(id)) return false;
    return this.#held.has(id) || (!runsByItself(program) && this.#place !== "all") || program.run === "off";
  }
}
