import { expect, test } from "vitest";
import { lineAndColumn, markedOffset, splitMarker } from "../../../kernel/engine/position.ts";
import { globEscape, scanSql } from "../../../kernel/engine/scan.ts";
import {
  splitStatements,
  startsWith,
  tokenize,
  withoutTemporary,
} from "../../../kernel/engine/statements.ts";
import { table } from "./catalog.ts";

const texts = (sql: string): string[] => splitStatements(sql).map((statement) => statement.text);

test("statements are split at semicolons, not at those in texts, names and comments", () => {
  expect(texts("a; b ;;\n-- c;\n d")).toEqual(["a", "b", "d"]);
  expect(texts(`SELECT ';' , ";" ; x`)).toEqual([`SELECT ';' , ";"`, "x"]);
  expect(texts("SELECT $$ ; $$, $t$ ; $$ ; $t$; y")).toEqual(["SELECT $$ ; $$, $t$ ; $$ ; $t$", "y"]);
  expect(texts("SELECT E'it\\'s ; ', e'\\\\'; z")).toEqual(["SELECT E'it\\'s ; ', e'\\\\'", "z"]);
  expect(texts("/* ; /* ; */ ; */ a /* b; ")).toEqual(["a"]);
  expect(texts("SELECT 'it''s;' ; b")).toEqual(["SELECT 'it''s;'", "b"]);
  expect(texts("")).toEqual([]);
  expect(texts("SELECT 'open ; ")).toEqual(["SELECT 'open ; "]);
  expect(texts("a--b")).toEqual(["a"]);
});

test("a statement knows where it starts", () => {
  expect(splitStatements("a;\n  b c").map((statement) => statement.start)).toEqual([0, 5]);
});

test("words are told apart", () => {
  expect(tokenize(`sélect "Odd ""name", 'x' <> $1 + ? - 1e5 /* no */`).map((t) => [t.kind, t.value])).toEqual(
    [
      ["word", "sélect"],
      ["quoted", "Odd "],
      ["quoted", "name"],
      ["other", ","],
      ["text", "x"],
      ["other", "<"],
      ["other", ">"],
      ["parameter", "$1"],
      ["other", "+"],
      ["parameter", "?"],
      ["other", "-"],
      ["other", "1e5"],
    ],
  );
});

test("any text is split without failing, and no token overlaps another", () => {
  let seed = 42;
  const random = (n: number) => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return (seed >>> 8) % n;
  };
  const parts = [
    "'",
    '"',
    "$",
    "$$",
    "$a$",
    "/*",
    "*/",
    "--",
    "\n",
    ";",
    "e'",
    "\\",
    " ",
    "a1",
    "🙂",
    "?",
    "$1",
    ".",
  ];
  for (let round = 0; round < 500; round++) {
    const sql = Array.from({ length: random(20) }, () => parts[random(parts.length)]).join("");
    let end = 0;
    for (const token of tokenize(sql)) {
      expect(token.start).toBeGreaterThanOrEqual(end);
      end = token.end;
    }
    expect(end).toBeLessThanOrEqual(sql.length);
    for (const { text, start } of splitStatements(sql))
      expect(sql.slice(start, start + text.length)).toBe(text);
  }
});

test("the first word decides the kind", () => {
  const [install, force] = splitStatements("install x; FORCE INSTALL y");
  expect([install, force].map((statement) => statement && startsWith(statement, "INSTALL"))).toEqual([
    true,
    true,
  ]);
});

test("TEMP is blanked where it makes something, and no word moves", () => {
  const blanked = (sql: string) => splitStatements(sql).map(withoutTemporary)[0];
  expect(blanked("create temp table t (a int)")).toBe("create      table t (a int)");
  expect(blanked("CREATE OR REPLACE TEMPORARY VIEW v AS SELECT 1")).toBe(
    "CREATE OR REPLACE           VIEW v AS SELECT 1",
  );
  expect(blanked("CREATE TABLE temp (a INT)")).toBe("CREATE TABLE temp (a INT)");
  expect(blanked("SELECT temp FROM t")).toBe("SELECT temp FROM t");
});

test("a marker is found in the author's text, cut lines and wide characters included", () => {
  const { text, marker } = splitMarker(
    'Binder Error: no "b"\nCandidates: "a"\n\nLINE 2: ...語, b FROM...\n             ^',
  );
  expect(text).toBe('Binder Error: no "b"\nCandidates: "a"');
  const sql = "SELECT 1,\n 日本語, b FROM t";
  const offset = marker && markedOffset(sql, marker);
  expect(offset && lineAndColumn(sql, offset)).toEqual({ line: 2, column: 5 });
  expect(marker && markedOffset("SELECT something else", marker)).toBeUndefined();
});

test("names, paths and options are quoted", () => {
  const sql = scanSql({
    ...table({
      name: "t",
      columns: { 'a"b': "VARCHAR", "k=": "INTEGER" },
      files: [],
      options: { delim: "'", header: true },
    }),
    files: [{ path: "/it's/a*.csv", bytes: 0, modified: 0, rowCount: null, partition: {} }],
  });
  expect(sql).toBe(
    `SELECT "a""b", "k" FROM read_csv(['/it''s/a[*].csv'], auto_detect = false, columns = {'a"b': 'VARCHAR'}, ` +
      `hive_partitioning = true, hive_types_autocast = false, hive_types = {'k': 'INTEGER'}, "delim" = '''', "header" = true)`,
  );
  expect(globEscape("a[b]?.csv")).toBe("a[[]b][?].csv");
});
