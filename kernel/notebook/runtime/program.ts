/** The cells as last run, compiled and analysed: the same in both places, since both apply the same changes. */
import { compile } from "../compiler/compile.ts";
import type { CompiledCell } from "../compiler/compiled.ts";
import { type Cell, type Place, placeOf } from "../document/notebook.ts";
import { analyse } from "../graph/analyse.ts";
import type { Analysis, GraphCell } from "../graph/analysis.ts";
import { upstream } from "../graph/reach.ts";
import type { ProgramChange } from "../protocol.ts";

export interface ProgramCell extends GraphCell {
  readonly cell: Cell;
}

export interface ProgramDifference {
  /** Cells whose code, place or policy changed, new ones and those to rerun. */
  readonly changed: ReadonlySet<number>;
  readonly removed: readonly ProgramCell[];
  /** Cells that failed analysis before and do not now, or the other way round. */
  readonly rejudged: ReadonlySet<number>;
}

export class Program {
  version = 0;
  cells: ReadonlyMap<number, ProgramCell> = new Map();
  analysis: Analysis = analyse([]);
  /** Position of each cell in the order of computation. */
  rank: ReadonlyMap<number, number> = new Map();

  readonly #place: Place | "all";

  constructor(place: Place | "all") {
    this.#place = place;
  }

  /** Place of a cell as far as this program goes: headless, everything runs in one. */
  #placeOf(cell: Cell): Place {
    return this.#place === "all" ? "kernel" : placeOf(cell);
  }

  apply(change: ProgramChange): ProgramDifference {
    const before = this.cells;
    const failedBefore = this.analysis.failures;
    const fresh = new Map(change.cells.map((cell) => [cell.id, this.#prepare(cell)]));
    const cells = new Map<number, ProgramCell>();
    for (const id of change.order) {
      const cell = fresh.get(id) ?? before.get(id);
      if (cell) cells.set(id, cell);
    }
    this.cells = cells;
    this.version = change.version;
    this.analysis = analyse([...cells.values()], this.analysis);
    this.rank = new Map(this.analysis.order.map((id, index) => [id, index]));
    return {
      changed: new Set(
        [...fresh.keys(), ...change.rerun, ...(change.touched ?? [])].filter((id) => cells.has(id)),
      ),
      removed: [...before.values()].filter(({ id }) => !cells.has(id)),
      rejudged: differing(failedBefore, this.analysis.failures),
    };
  }

  #prepare(cell: Cell): ProgramCell {
    const compiled: CompiledCell = compile(cell);
    return { id: cell.id, cell, compiled, place: this.#placeOf(cell), run: cell.run };
  }

  /** All names whose value may change when these do: through cells of both places, not past cells that wait to be run. */
  reach(names: Iterable<string>): Set<string> {
    const reached = new Set(names);
    const stack = [...reached];
    for (let name = stack.pop(); name !== undefined; name = stack.pop()) {
      for (const user of this.analysis.users.get(name) ?? []) {
        for (const output of this.#outputsOf(user)) {
          if (reached.has(output)) continue;
          reached.add(output);
          stack.push(output);
        }
      }
    }
    return reached;
  }

  /** The cells, and all that they need. */
  upstream(cells: Iterable<number>): Set<number> {
    const roots = [...cells];
    return new Set([...roots, ...upstream(this.analysis, roots)]);
  }

  #outputsOf(id: number): readonly string[] {
    const cell = this.cells.get(id);
    return cell && runsByItself(cell) && !this.analysis.failures.has(id) ? cell.compiled.outputs : [];
  }
}

export function runsByItself(cell: Pick<GraphCell, "run">): boolean {
  return cell.run === "auto" || cell.run === "once";
}

function differing(a: ReadonlyMap<number, unknown>, b: ReadonlyMap<number, unknown>): Set<number> {
  const ids = new Set([...a.keys(), ...b.keys()]);
  return new Set([...ids].filter((id) => JSON.stringify(a.get(id)) !== JSON.stringify(b.get(id))));
}
