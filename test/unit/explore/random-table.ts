/** Random tables and random questions about them. */
import type {
  Condition,
  PlainValue,
  Profile,
  TableSource,
  View,
} from "../../../kernel/notebook/explore/source.ts";

/** A column of SQL, and values that it may have, as SQL. */
interface ColumnMaker {
  readonly name: string;
  readonly type: string;
  readonly values: readonly string[];
}

const makers: readonly ColumnMaker[] = [
  { name: "whole", type: "INTEGER", values: ["-3", "0", "1", "2", "7", "40", "NULL"] },
  {
    name: 'odd "name" of\nit',
    type: "DOUBLE",
    values: ["1.5", "-0.0", "0.0", "'NaN'", "'inf'", "'-inf'", "NULL", "1e10"],
  },
  { name: "amount", type: "DECIMAL(10,2)", values: ["1.25", "3.50", "-10", "NULL", "42"] },
  { name: "big", type: "BIGINT", values: ["1000000", "42", "7", "NULL"] },
  {
    name: "text",
    type: "VARCHAR",
    values: [
      "'a'",
      "'B'",
      "'it''s'",
      "'ΑΣΑΣ'",
      "'İx'",
      "''",
      "'42'",
      "'😀'",
      "'\uff5e'",
      "'a%_b'",
      "NULL",
      "'x' || chr(0) || 'y'",
    ],
  },
  { name: "select", type: "ENUM('red', 'blue', 'a')", values: ["'red'", "'blue'", "'a'", "NULL"] },
  { name: "flag", type: "BOOLEAN", values: ["true", "false", "NULL"] },
  {
    name: "moment",
    type: "TIMESTAMP",
    values: ["'2024-02-29 12:34:56.789'", "'1969-07-20'", "'infinity'", "NULL", "'2020-01-01'"],
  },
  { name: "day", type: "DATE", values: ["'2024-02-29'", "'1999-12-31'", "NULL"] },
  { name: "list", type: "INTEGER[]", values: ["[1, 2]", "[]", "NULL"] },
];

export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed * 2_654_435_761 + 1;
  }

  /** A whole number below `count`. */
  below(count: number): number {
    this.#state = (Math.imul(this.#state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (this.#state >>> 8) % count;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }
}

export function randomTableSql(random: Random): string {
  const columns = makers.filter(() => random.below(3) > 0);
  const chosen = columns.length > 0 ? columns : makers.slice(0, 1);
  const rows = Array.from({ length: 1 + random.below(80) }, () => {
    const values = chosen.map(({ type, values: some }) => `${random.pick(some)}::${type}`);
    return `(${values.join(", ")})`;
  });
  const names = chosen.map(({ name }) => `"${name.replaceAll('"', '""')}"`);
  return `SELECT * FROM (VALUES ${rows.join(", ")}) t(${names.join(", ")})`;
}

const texts = ["a", "A", "S", "σ", "i", "42", "2024", "02-29", "tru", "%", "'", "😀", "\0", " "];
const numbers = [-10, 0, 1.5, 7, 42, 1_000_000];
const dates = [Date.UTC(2024, 1, 29), Date.UTC(1999, 11, 31), Date.UTC(2024, 1, 29, 12, 34, 56, 789)];

export function randomView(random: Random, source: TableSource): View {
  const column = () => random.below(source.columns.length);
  const some = <T>(most: number, make: () => T) => Array.from({ length: random.below(most + 1) }, make);
  return {
    sort: some(2, () => ({ column: column(), descending: random.below(2) === 0 })),
    filters: some(2, () => {
      const at = column();
      return { column: at, condition: randomCondition(random, source.columns[at]?.kind ?? "other") };
    }),
    search: random.below(4) === 0 ? random.pick(texts) : "",
  };
}

function randomCondition(random: Random, kind: string): Condition {
  const bounds = kind === "date" ? dates : numbers;
  const bound = () => (random.below(3) === 0 ? null : random.pick(bounds));
  switch (random.below(5)) {
    case 0:
      return { type: "missing", missing: random.below(2) === 0 };
    case 1:
      return { type: "contains", text: random.pick(texts) };
    case 2:
      return { type: "equals", text: random.pick([...texts, "it's", "red"]) };
    case 3:
      return { type: "in", values: [random.pick<PlainValue>([true, "a", "it's", 42, 1.5]), "blue", false] };
    default:
      return { type: "range", from: bound(), to: bound(), open: random.below(2) === 0 };
  }
}

/** All that can be asked of a view, as plain values. */
export async function answers(source: TableSource, view: View) {
  const { length } = source.columns;
  const count = await source.count(view);
  const page = await source.page(view, { from: 1, to: 30 }, { from: 0, to: length });
  const rows = Array.from({ length: page.length }, (_, row) =>
    Array.from({ length }, (_, column) => page.value(row, column)),
  );
  const [last] = [length - 1];
  const part = await source.page(view, { from: 0, to: 3 }, { from: last, to: length });
  const profiles: Profile[] = [];
  for (let column = 0; column < length; column++) profiles.push(rounded(await source.profile(column, view)));
  return { count, rows, part: Array.from({ length: part.length }, (_, row) => part.value(row, 0)), profiles };
}

/** Sums differ in their last digits by the order in which they are made. */
function rounded(profile: Profile): Profile {
  const round = (value: number | null) => (value === null ? null : Number(value.toPrecision(9)));
  return { ...profile, mean: round(profile.mean), median: round(profile.median) };
}
