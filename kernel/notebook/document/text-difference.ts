import { ChangeSet, type ChangeSpec } from "@codemirror/state";

/** A small text change that makes `to` of `from`: whole lines first, then the characters within them that differ. */
export function textDifference(from: string, to: string): ChangeSet {
  const old = lines(from);
  const start = offsets(old);
  const specs = hunks(old, lines(to)).map(({ at, deleted, insert }) => {
    const begin = start[at] ?? from.length;
    return trimmed(begin, from.slice(begin, start[at + deleted] ?? from.length), insert.join(""));
  });
  return ChangeSet.of(specs, from.length, "\n");
}

/** `deleted` lines from line `at` on, and the lines to stand there instead. */
interface Hunk {
  readonly at: number;
  readonly deleted: number;
  readonly insert: readonly string[];
}

/** Lines, each with its line break. */
function lines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function offsets(rows: readonly string[]): number[] {
  let sum = 0;
  return rows.map((row) => {
    sum += row.length;
    return sum - row.length;
  });
}

function trimmed(at: number, old: string, now: string): ChangeSpec {
  const head = common(old.length, now.length, (i) => old[i] === now[i]);
  const most = Math.min(old.length, now.length) - head;
  const tail = common(most, most, (i) => old[old.length - 1 - i] === now[now.length - 1 - i]);
  return { from: at + head, to: at + old.length - tail, insert: now.slice(head, now.length - tail) };
}

function common(a: number, b: number, same: (index: number) => boolean): number {
  let count = 0;
  while (count < a && count < b && same(count)) count++;
  return count;
}

/** Lines beyond which texts that differ are replaced as one: the table of the rest would be too large. */
const tableLimit = 1_000_000;

function hunks(old: readonly string[], now: readonly string[]): Hunk[] {
  const head = common(old.length, now.length, (i) => old[i] === now[i]);
  const most = Math.min(old.length, now.length) - head;
  const tail = common(most, most, (i) => old[old.length - 1 - i] === now[now.length - 1 - i]);
  const a = old.slice(head, old.length - tail);
  const b = now.slice(head, now.length - tail);
  if (a.length * b.length > tableLimit) return [{ at: head, deleted: a.length, insert: b }];
  return walk(a, b, commonLengths(a, b)).map((hunk) => ({ ...hunk, at: hunk.at + head }));
}

/** Length of the longest common subsequence of a[i…] and b[j…], for all i and j. */
function commonLengths(a: readonly string[], b: readonly string[]): (i: number, j: number) => number {
  const width = b.length + 1;
  const table = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number) => table[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      table[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  return at;
}

function walk(a: readonly string[], b: readonly string[], left: (i: number, j: number) => number): Hunk[] {
  const found: Hunk[] = [];
  let [i, j, fromI, fromJ] = [0, 0, 0, 0];
  const close = () => {
    if (i > fromI || j > fromJ) found.push({ at: fromI, deleted: i - fromI, insert: b.slice(fromJ, j) });
  };
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      close();
      [i, j] = [i + 1, j + 1];
      [fromI, fromJ] = [i, j];
    } else if (j >= b.length || (i < a.length && left(i + 1, j) >= left(i, j + 1))) i++;
    else j++;
  }
  close();
  return found;
}
