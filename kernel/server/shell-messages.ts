import { z } from "zod";
import { inputError } from "../notebook/errors.ts";
import type { FromShell } from "../notebook/protocol.ts";

const id = z.number().int().nonnegative();
const cells = z.array(z.number().int()).max(100_000);
const part = z.union([z.instanceof(Uint8Array), z.object({ url: z.string(), bytes: z.number() })]);
const encoded = z.object({ json: z.unknown(), parts: z.array(part) });
const basis = z.record(z.string(), z.number());
const failure = z.looseObject({ kind: z.string(), message: z.string() });
const outputs = z.array(z.looseObject({ type: z.string() }));

const bridge = z.discriminatedUnion("type", [
  z.object({ type: z.literal("pending"), versions: basis }),
  z.looseObject({ type: z.literal("value"), name: z.string(), version: id, basis, value: encoded }),
  z.looseObject({ type: z.literal("same"), name: z.string(), version: id, basis }),
  z.looseObject({ type: z.literal("failed"), name: z.string(), version: id, basis, failure }),
  z.object({ type: z.literal("stale"), cells: z.record(z.string(), z.enum(["old", "none"])) }),
  z.object({ type: z.literal("hello"), fresh: z.boolean() }),
]);

const span = z.object({ from: id, to: id });
const fileType = z.enum(["csv", "parquet"]);
const bound = z.number().nullable();
const condition = z.discriminatedUnion("type", [
  z.object({ type: z.enum(["contains", "equals"]), text: z.string() }),
  z.object({ type: z.literal("range"), from: bound, to: bound, open: z.boolean().optional() }),
  z.object({ type: z.literal("missing"), missing: z.boolean() }),
  z.object({
    type: z.literal("in"),
    values: z.array(z.union([z.string(), z.number(), z.boolean()])).max(10_000),
  }),
]);
const view = z.object({
  sort: z.array(z.object({ column: id, descending: z.boolean() })).max(100),
  filters: z.array(z.object({ column: id, condition })).max(1000),
  search: z.string().max(10_000),
});
const exploreAsk = z.discriminatedUnion("type", [
  z.object({ type: z.literal("schema") }),
  z.object({ type: z.literal("count"), view }),
  z.object({ type: z.literal("page"), view, rows: span, columns: span }),
  z.object({ type: z.literal("profile"), view, column: id }),
  z.object({ type: z.literal("file"), view, as: fileType }),
]);

const request = z.discriminatedUnion("type", [
  z.object({ type: z.literal("query"), sql: z.string(), params: encoded, database: z.string().nullable() }),
  z.object({ type: z.literal("rows"), table: z.string(), offset: id, limit: id, columns: span.optional() }),
  z.object({ type: z.literal("explore"), table: z.string(), ask: exploreAsk }),
  z.object({ type: z.literal("table-file"), as: fileType, columns: encoded }),
  z.object({
    type: z.enum(["entries", "text"]),
    value: z.string(),
    path: z.array(id).max(100_000),
    from: id,
    count: id,
  }),
  z.object({ type: z.literal("tables") }),
  z.object({ type: z.literal("file"), path: z.string() }),
  z.object({ type: z.literal("parquet"), path: z.string() }),
  z.object({
    type: z.literal("module"),
    specifier: z.string(),
    as: z.string().nullable(),
    from: z.string().nullable(),
  }),
  z.object({ type: z.literal("recall"), cell: z.number().int(), inputs: z.string() }),
  z.object({ type: z.literal("remember"), cell: z.number().int(), inputs: z.string(), result: encoded }),
]);

const cellFields = {
  mode: z.string(),
  place: z.enum(["browser", "kernel"]),
  run: z.enum(["auto", "manual", "once", "off"]),
  name: z.string().nullable(),
  output: z.string().nullable(),
  database: z.string().nullable(),
  format: z.string().nullable(),
  pinned: z.boolean(),
  hidden: z.boolean(),
  attributes: z.array(z.tuple([z.string(), z.string().nullable()])),
};
const cell = z.object({ id: z.number().int().positive(), source: z.string(), ...cellFields });
const cellId = z.number().int();
const after = cellId.nullable();

/** Text changes are checked by the document, which knows the text. */
const operation = z.discriminatedUnion("type", [
  z.object({ type: z.literal("insert"), cell, after }),
  z.object({ type: z.literal("delete"), cell: cellId }),
  z.object({ type: z.literal("move"), cell: cellId, after }),
  z.object({ type: z.literal("edit"), cell: cellId, changes: z.unknown() }),
  z.object({ type: z.literal("set"), cell: cellId, fields: z.object(cellFields).partial() }),
  z.object({ type: z.literal("title"), title: z.string() }),
  z.object({ type: z.literal("policy"), run: z.enum(["auto", "lazy"]) }),
]);

const spot = { cell: cellId, at: id };
const language = z.discriminatedUnion("type", [
  z.object({ type: z.literal("complete"), ...spot, trigger: z.string().max(1).nullable() }),
  z.object({ type: z.literal("explain"), cell: cellId, data: z.tuple([id, id]) }),
  z.object({ type: z.literal("hover"), ...spot }),
  z.object({ type: z.literal("signature"), ...spot }),
  z.object({ type: z.literal("definition"), ...spot }),
  z.object({ type: z.literal("references"), ...spot }),
  z.object({ type: z.literal("rename"), ...spot, name: z.string().max(1000).nullable() }),
  z.object({ type: z.literal("format"), cell: cellId }),
  z.object({ type: z.literal("fixes"), cell: cellId, from: id, to: id }),
  z.object({ type: z.literal("tables") }),
]);

const fromShell = z.discriminatedUnion("type", [
  z.object({ type: z.literal("open"), protocol: z.number(), path: z.string(), client: z.string() }),
  z.object({ type: z.literal("edit"), base: id, operations: z.array(operation) }),
  z.object({ type: z.literal("run"), cells, stale: cells.optional() }),
  z.object({ type: z.literal("stop"), place: z.literal("kernel") }),
  z.object({ type: z.literal("restart") }),
  z.object({ type: z.literal("trust") }),
  z.object({ type: z.literal("bridge"), message: bridge }),
  z.object({ type: z.literal("request"), id, request }),
  z.object({ type: z.literal("cancel"), id }),
  z.object({ type: z.literal("snapshot"), cell: z.number().int(), outputs }),
  z.object({ type: z.literal("language"), id, request: language }),
  z.object({ type: z.literal("heights"), heights: z.record(z.string(), z.number().nonnegative()) }),
]);

/** A message of a shell, checked as far as the server looks into it. @throws UserError when it is none. */
export function readShellMessage(value: unknown): FromShell {
  const result = fromShell.safeParse(value);
  if (result.success) return result.data as unknown as FromShell;
  const [issue] = result.error.issues;
  throw inputError(
    `the page sent a message that is not understood: ${issue?.path.join(".")} ${issue?.message}`,
    "reload the page; it may be of another version than the server",
  );
}
