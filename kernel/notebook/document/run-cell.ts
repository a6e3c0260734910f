import type { Failure } from "../errors.ts";
import type { Cell } from "./notebook.ts";

/** A cell as it runs: with what its imports of other notebooks come to. */
export interface RunCell extends Cell {
  /** Where a cell stands that does not stand in this notebook: one of its cells imports from there. */
  readonly origin?: Origin;
  /** The notebooks that its imports name, by what they say: paths relative to the workspace. */
  readonly notebooks?: Readonly<Record<string, string>>;
  /** Why it must not run although its text is in order. */
  readonly refusal?: Failure;
}

export interface Origin {
  /** Path relative to the workspace, with forward slashes. */
  readonly notebook: string;
  /** Its folder as seen from that of the importing notebook, "" if it is the same: where its files lie. */
  readonly folder: string;
  /** Id in that notebook. */
  readonly cell: number;
}

/** Ids of imported cells begin here, above all that a notebook may have. */
const firstImported = 2 ** 44;

/** The id of the `n`th imported cell. */
export function importedId(n: number): number {
  return firstImported + n;
}

export function isImported(id: number): boolean {
  return id >= firstImported;
}
