/** The cells as last run, compiled, and what depends on what: the same in both places, since both apply the same changes. */
import { compile } from "../compiler/compile.ts";
import { type Cell, type Place, placeOf } from "../document/notebook.ts";
import { isImported, type RunCell } from "../document/run-cell.ts";
import type { GraphCell } from "../graph/analysis.ts";
import { Graph } from "../graph/graph.ts";
import type { ProgramChange } from "../protocol.ts";

export interface ProgramCell extends GraphCell {
  readonly cell: RunCell;
}

export interface ProgramDifference {
  /** Cells whose code, place or policy changed, new ones and those to rerun. */
  readonly changed: ReadonlySet<number>;
  readonly removed: readonly ProgramCell[];
  /** Cells that failed analysis before and do not now, or the other way round. */
  readonly rejudged: ReadonlySet<number>;
  /** Names that began or ceased to cross between the places, or that cross the other way. */
  readonly crossed: ReadonlySet<string>;
}

export class Program {
  version = 0;
  readonly graph = new Graph<ProgramCell>();
  /** Whether cells of other notebooks are among them. */
  imports = false;
  readonly #place: Place | "all";

  constructor(place: Place | "all") {
    this.#place = place;
  }

  apply(change: ProgramChange): ProgramDifference {
    const cells = change.cells.map((cell) => this.#prepare(cell));
    const difference = this.graph.update(cells, change.order);
    this.version = change.version;
    this.imports = isImported(change.order.at(-1) ?? 0);
    const touched = [...cells.map(({ id }) => id), ...change.rerun, ...(change.touched ?? [])];
    return { ...difference, changed: new Set(touched.filter((id) => this.graph.cell(id))) };
  }

  /** Names that cross and may change when these do: through cells of both places, not past cells that wait to be run. */
  reach(names: Iterable<string>): Set<string> {
    return this.graph.crossingBelow(names, runsByItself);
  }

  /** Place of a cell as far as this program goes: headless, everything runs in one. */
  #placeOf(cell: Cell): Place {
    return this.#place === "all" ? "kernel" : placeOf(cell);
  }

  #prepare(cell: RunCell): ProgramCell {
    return { id: cell.id, cell, compiled: compile(cell), place: this.#placeOf(cell), run: cell.run };
  }
}

export function runsByItself(cell: Pick<GraphCell, "run">): boolean {
  return cell.run === "auto" || cell.run === "once";
}
