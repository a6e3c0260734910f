/** How much of a value is described. */
export interface Limits {
  /** Levels of composites whose entries are described. */
  readonly depth: number;
  /** Entries of one composite. */
  readonly entries: number;
  /** Entries in all. */
  readonly total: number;
  /** Characters of one string. */
  readonly text: number;
}

export const defaultLimits: Limits = { depth: 4, entries: 50, total: 1000, text: 10_000 };
