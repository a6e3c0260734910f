import type { CompiledCell } from "../compiler/compiled.ts";
import type { Place, RunPolicy } from "../document/notebook.ts";
import type { Failure } from "../errors.ts";

export interface GraphCell {
  readonly id: number;
  readonly place: Place;
  readonly run: RunPolicy;
  readonly compiled: CompiledCell;
}

/** What the whole notebook's dependencies say, before anything runs. */
export interface Analysis {
  /** Ids of all cells, inputs before users, otherwise in notebook order. Cells of a cycle stand last. */
  readonly order: readonly number[];
  /** Cell that defines each name; a name defined twice has none. */
  readonly definer: ReadonlyMap<string, number>;
  /** Cells that directly use a name. */
  readonly users: ReadonlyMap<string, readonly number[]>;
  /** Cells that directly use what a cell defines. */
  readonly children: ReadonlyMap<number, readonly number[]>;
  /** Cells whose definitions a cell directly uses. */
  readonly parents: ReadonlyMap<number, readonly number[]>;
  /** Names defined in one place and used in the other: name → the place that defines it. */
  readonly crossing: ReadonlyMap<string, Place>;
  /** Cells that must not run (syntax, duplicate, cycle), each with the reason. Others run. */
  readonly failures: ReadonlyMap<number, Failure>;
}
