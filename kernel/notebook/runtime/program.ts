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
  /** Cells whose code or place changed, new ones and those to rerun. */
  readonly changed: ReadonlySet<number>;
  /** Cells of which only settings changed that no value depends on: when they run, what is shown of them. */
  readonly resettled: ReadonlySet<number>;
  /** Whether cells run now that waited to be run by hand, or the other way round. */
  readonly repoliced: boolean;
  readonly removed: readonly ProgramCell[];
  /** Cells that failed analysis before and do not now, or the other way round. */
  readonly rejudged: ReadonlySet<number>;
  /** Names that began or ceased to cross between the places, or that cross the other way. */
  readonly crossed: ReadonlySet<string>;
}

export class Program {
  version = 0;
  /** Whether all cells wait to be run by hand. */
  lazy = false;
  readonly graph = new Graph<ProgramCell>();
  /** Whether cells of other notebooks are among them. */
  imports = false;
  readonly #place: Place | "all";

  constructor(place: Place | "all") {
    this.#place = place;
  }

  apply(change: ProgramChange): ProgramDifference {
    const before = new Map(change.cells.map(({ id }) => [id, this.graph.cell(id)]));
    const cells = change.cells.map((cell) => this.#prepare(cell, before.get(cell.id)));
    const resettled = cells.filter(({ id, compiled }) => before.get(id)?.compiled === compiled);
    const repoliced =
      this.lazy !== (change.lazy ?? false) || resettled.some(({ id, run }) => before.get(id)?.run !== run);
    this.lazy = change.lazy ?? false;
    const difference = this.graph.update(cells, change.order);
    this.version = change.version;
    this.imports = isImported(change.order.at(-1) ?? 0);
    const kept = new Set(resettled.map(({ id }) => id));
    const fresh = cells.filter(({ id }) => !kept.has(id)).map(({ id }) => id);
    const again = [...change.rerun, ...(change.touched ?? [])].filter(
      (id) => this.graph.cell(id)?.run !== "off",
    );
    const changed = new Set([...fresh, ...again].filter((id) => this.graph.cell(id)));
    return { ...difference, changed, resettled: kept, repoliced };
  }

  /** Names that cross and may change when these do: through cells of both places, not past cells that wait to be run. */
  reach(names: Iterable<string>): Set<string> {
    return this.graph.crossingBelow(names, (cell) => this.runsByItself(cell));
  }

  /** Place of a cell as far as this program goes: headless, everything runs in one. */
  #placeOf(cell: Cell): Place {
    return this.#place === "all" ? "kernel" : placeOf(cell);
  }

  /** Whether a cell runs when what it uses changes. One of another notebook does as it does there. A note that uses nothing always does: it is only drawn. */
  runsByItself({ run, cell, compiled }: ProgramCell): boolean {
    if (run === "manual" || run === "off") return false;
    if (isImported(cell.id)) return true;
    return !this.lazy || (cell.mode === "md" && !compiled.inputs.some((name) => this.graph.isDefined(name)));
  }

  #prepare(cell: RunCell, before: ProgramCell | undefined): ProgramCell {
    const place = this.#placeOf(cell);
    const same = before && before.place === place && isSameText(before.cell, cell);
    return { id: cell.id, cell, compiled: same ? before.compiled : compile(cell), place, run: cell.run };
  }
}

const textual = ["source", "mode", "name", "output", "database", "format"] as const;

/** Whether two cells compile to the same. */
function isSameText(a: RunCell, b: RunCell): boolean {
  const imports = ({ origin, notebooks, refusal }: RunCell) => JSON.stringify([origin, notebooks, refusal]);
  return textual.every((key) => a[key] === b[key]) && imports(a) === imports(b);
}
