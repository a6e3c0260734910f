import type { CellSpec } from "../../kernel/notebook/document/notebook.ts";

/** A notebook and its graph; cells are numbered from 0. */
export interface GraphCase {
  readonly name: string;
  readonly cells: readonly (string | Omit<CellSpec, "id">)[];
  readonly refs: readonly (readonly string[])[];
  readonly defs: readonly (readonly string[])[];
  readonly parents: readonly (readonly number[])[];
  /** Cells that must not run: of a cycle, or with a name that another cell defines too. */
  readonly failed?: readonly number[];
  /** What is different here on purpose. */
  readonly instead?: string;
}

/** A SQL cell; its result may have a name. */
const query = (source: string, output: string | null = null) => ({ mode: "sql", source, output });

/**
 * In marimo SQL text makes edges: a table that one cell creates and another reads. In ours, tables belong to the
 * catalog, and only `${…}` and names make edges; a cell that makes a table defines a name for it, and a qualified
 * table is a property of its schema or a name of its own.
 */
export const graphs: readonly GraphCase[] = [
  {
    name: "one cell",
    cells: ["const rate = 0"],
    refs: [[]],
    defs: [["rate"]],
    parents: [[]],
  },
  {
    name: "a chain whose last cell uses both before it",
    cells: ["const base = 0", "const step = base", "const last = step, first = base"],
    refs: [[], ["base"], ["base", "step"]],
    defs: [["base"], ["step"], ["last", "first"]],
    parents: [[], [0], [0, 1]],
  },
  {
    name: "a cycle of two",
    cells: ["const hen = egg", "const egg = hen"],
    refs: [["egg"], ["hen"]],
    defs: [["hen"], ["egg"]],
    parents: [[1], [0]],
    failed: [0, 1],
  },
  {
    name: "a diamond with a tail",
    cells: ["const base = 0", "const left = base", "const both = left, right = base", "const tail = both"],
    refs: [[], ["base"], ["base", "left"], ["both"]],
    defs: [["base"], ["left"], ["both", "right"], ["tail"]],
    parents: [[], [0], [0, 1], [2]],
  },
  {
    name: "a cell that takes a part of a value away comes after all that use the value",
    instead: "names cannot be deleted: the cell that changes the value is a user like any other",
    cells: ["const box = {item: 0}", "const copy = box.item", "delete box.item; void copy"],
    refs: [[], ["box"], ["box", "copy"]],
    defs: [["box"], ["copy"], []],
    parents: [[], [0], [0, 1]],
  },
  {
    name: "TypeScript feeds SQL",
    cells: ["const frame = read('data.csv')", query("SELECT * FROM t WHERE k = ${frame.key}", "rows")],
    refs: [["read"], ["frame"]],
    defs: [["frame"], ["rows"]],
    parents: [[], [0]],
  },
  {
    name: "SQL feeds TypeScript by its output's name",
    cells: [query("SELECT * FROM sales WHERE person = ${person}", "rows"), "const top = rows.slice(0, 5)"],
    refs: [["person"], ["rows"]],
    defs: [["rows"], ["top"]],
    parents: [[], [0]],
  },
  {
    name: "SQL that creates a table feeds no cell by the table's name",
    instead: "a name in SQL text defines nothing, so that it is no duplicate either",
    cells: [query("CREATE TABLE sales (person VARCHAR)"), "const sales = frame.head()"],
    refs: [[], ["frame"]],
    defs: [[], ["sales"]],
    parents: [[], []],
  },
  {
    name: "SQL that names its result as what it reads",
    instead:
      "one name is defined once: both cells are told, and nothing is fed by a name with two definitions",
    cells: ["const frame = read('data.csv')", query("SELECT * FROM frame", "frame")],
    refs: [["read"], []],
    defs: [["frame"], ["frame"]],
    parents: [[], []],
    failed: [0, 1],
  },
  {
    name: "a table qualified by its schema is no name of a cell",
    cells: ["const frame = read('data.csv')", query("SELECT * FROM lake.frame", "rows")],
    refs: [["read"], []],
    defs: [["frame"], ["rows"]],
    parents: [[], []],
  },
  {
    name: "a schema in SQL text is no name of a cell",
    cells: ["const lake = 100", query("SELECT * FROM lake.frame")],
    refs: [[], []],
    defs: [["lake"], []],
    parents: [[], []],
  },
  {
    name: "a catalog in SQL text is no name of a cell",
    cells: ["const vault = 100", query("SELECT * FROM vault.lake.frame")],
    refs: [[], []],
    defs: [["vault"], []],
    parents: [[], []],
  },
  {
    name: "a table made in a schema is used by its plain name",
    cells: ["const trips = make('lake.trips')", "show(trips)"],
    refs: [["make"], ["trips", "show"]],
    defs: [["trips"], []],
    parents: [[], [0]],
  },
  {
    name: "a table made in a catalog and schema is used by its plain name",
    cells: ["const trips = make('vault.lake.trips')", query("SELECT * FROM t WHERE id IN (${trips})")],
    refs: [["make"], ["trips"]],
    defs: [["trips"], []],
    parents: [[], [0]],
  },
  {
    name: "a table made from another",
    cells: ["const one = make('lake.one')", "const two = make('pond.two', one)"],
    refs: [["make"], ["make", "one"]],
    defs: [["one"], ["two"]],
    parents: [[], [0]],
  },
  {
    name: "a table used as a property of catalog and schema",
    cells: ["const vault = {lake: {trips: make()}}", "vault.lake.trips"],
    refs: [["make"], ["vault"]],
    defs: [["vault"], []],
    parents: [[], [0]],
  },
  {
    name: "tables of one name in two schemas are told apart by their schemas",
    cells: ["const lake = {trips: make()}", "const pond = {trips: make()}", "lake.trips"],
    refs: [["make"], ["make"], ["lake"]],
    defs: [["lake"], ["pond"], []],
    parents: [[], [], [0]],
  },
  {
    name: "a name may be that of a schema elsewhere",
    cells: ["const trips = make('lake.trips')", "const lake = make('lake.trips')", "trips", "lake"],
    refs: [["make"], ["make"], ["trips"], ["lake"]],
    defs: [["trips"], ["lake"], [], []],
    parents: [[], [], [0], [1]],
  },
  {
    name: "catalog and schema of one name",
    cells: ["const lake = {lake: {trips: make()}}", "lake.lake.trips"],
    refs: [["make"], ["lake"]],
    defs: [["lake"], []],
    parents: [[], [0]],
  },
  {
    name: "table, view and user of the view",
    cells: ["const table = make()", "const seen = table.filter(Boolean)", "seen.length"],
    refs: [["make"], ["table"], ["seen"]],
    defs: [["table"], ["seen"], []],
    parents: [[], [0], [1]],
  },
  {
    name: "names that differ in case alone",
    instead: "SQL does not tell LAKE from lake; names of cells do",
    cells: ["const LAKE = make()", "lake.trips"],
    refs: [["make"], ["lake"]],
    defs: [["LAKE"], []],
    parents: [[], []],
  },
  {
    name: "text is no reference, even if it names a catalog that a cell defines",
    cells: ["const vault = 'test'", query("SELECT * FROM vault.lake.trips")],
    refs: [[], []],
    defs: [["vault"], []],
    parents: [[], []],
  },
  {
    name: "text is no reference, even if it names a schema that a cell defines",
    cells: ["const lake = 'test'", "const text = `FROM lake.trips SELECT *`"],
    refs: [[], []],
    defs: [["lake"], ["text"]],
    parents: [[], []],
  },
  {
    name: "only the one with the right catalog and schema is used",
    cells: ["const one_lake = make()", "one_lake.trips", "two_lake.trips", "one_pond.trips"],
    refs: [["make"], ["one_lake"], ["two_lake"], ["one_pond"]],
    defs: [["one_lake"], [], [], []],
    parents: [[], [0], [], []],
  },
  {
    name: "a name within a longer name is no use of it",
    cells: ["const trips = make()", "trips_old", "old_trips"],
    refs: [["make"], ["trips_old"], ["old_trips"]],
    defs: [["trips"], [], []],
    parents: [[], [], []],
  },
  {
    name: "a property's name is no use of the name",
    cells: ["const trips = make()", "({trips: vault.trips.old})"],
    refs: [["make"], ["vault"]],
    defs: [["trips"], []],
    parents: [[], []],
  },
  {
    name: "an attached database feeds who reads from it",
    cells: ["const store = attach('store.db')", "store.main.trips"],
    refs: [["attach"], ["store"]],
    defs: [["store"], []],
    parents: [[], [0]],
  },
  {
    name: "a database and a table made in it feed who uses both",
    instead: "the table's cell says that it uses the database, and so comes after it",
    cells: [
      "const store = attach('store.db')",
      "const trips = store.create('trips')",
      "store.main(trips)",
      "store.read(trips)",
    ],
    refs: [["attach"], ["store"], ["store", "trips"], ["store", "trips"]],
    defs: [["store"], ["trips"], [], []],
    parents: [[], [0], [0, 1], [0, 1]],
  },
  {
    name: "the same, the table's cell first",
    cells: ["const trips = store.create('trips')", "const store = attach('store.db')", "store.main(trips)"],
    refs: [["store"], ["attach"], ["store", "trips"]],
    defs: [["trips"], ["store"], []],
    parents: [[1], [], [0, 1]],
  },
  {
    name: "the same three words in any order feed nothing",
    instead: "a name that several cells define is a mistake of all of them",
    cells: [
      "const trips = 'vault.lake.trips'",
      "const lake = 'vault.trips.lake'",
      "const vault = 'lake.trips.vault'",
      "const trips = 'lake.vault.trips'",
      "const lake = 'trips.vault.lake'",
      "const vault = 'trips.lake.vault'",
    ],
    refs: [[], [], [], [], [], []],
    defs: [["trips"], ["lake"], ["vault"], ["trips"], ["lake"], ["vault"]],
    parents: [[], [], [], [], [], []],
    failed: [0, 1, 2, 3, 4, 5],
  },
  {
    name: "cells without anything in common",
    cells: ["const one = 0", "const two = 0"],
    refs: [[], []],
    defs: [["one"], ["two"]],
    parents: [[], []],
  },
  {
    name: "what a function's body uses, its cell uses",
    cells: ["const rate = 0", "function price() { return rate }"],
    refs: [[], ["rate"]],
    defs: [["rate"], ["price"]],
    parents: [[], [0]],
  },
  {
    name: "what a function declares hides the notebook's name",
    cells: ["const rate = 0", "function price() { const rate = 0; return rate }"],
    refs: [[], []],
    defs: [["rate"], ["price"]],
    parents: [[], []],
  },
  {
    name: "a diamond",
    cells: ["const base = 0", "const left = base", "const right = base", "const end = left + right"],
    refs: [[], ["base"], ["base"], ["left", "right"]],
    defs: [["base"], ["left"], ["right"], ["end"]],
    parents: [[], [0], [0], [1, 2]],
  },
  {
    name: "a diamond beside a cell of its own",
    cells: ["const a = 1", "const b = a + 1", "const c = a * 2", "const d = b + c", "const e = 5"],
    refs: [[], ["a"], ["a"], ["b", "c"], []],
    defs: [["a"], ["b"], ["c"], ["d"], ["e"]],
    parents: [[], [0], [0], [1, 2], []],
  },
  {
    name: "users of a query's result, in SQL and in TypeScript",
    cells: [query("SELECT 1 AS one", "rows"), query("SELECT ${rows.length}"), "rows", "rows.map(Number)"],
    refs: [[], ["rows"], ["rows"], ["rows"]],
    defs: [["rows"], [], [], []],
    parents: [[], [0], [0], [0]],
  },
];
