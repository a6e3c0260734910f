/** The page around a sandbox, as thin as can be: stacks the outputs, answers requests for rows, records messages. */
import { tableFromArrays, tableToIPC } from "@uwdata/flechette";
import { encode } from "../../kernel/notebook/bridge/codec.ts";
import { type Cell, type CellSpec, toCell } from "../../kernel/notebook/document/notebook.ts";
import type {
  Answer,
  CellEvent,
  CellRequest,
  FromSandbox,
  ToSandbox,
} from "../../kernel/notebook/protocol.ts";

/** What the sandbox tells, its events one by one. */
export type Told =
  | Exclude<FromSandbox, { type: "events" }>
  | { readonly type: "event"; readonly event: CellEvent };

const gap = 16;
const heights: Record<number, number> = {};
const frame = document.createElement("iframe");
const channel = new MessageChannel();
const messages: Told[] = [];
let version = 0;
let cells: readonly Cell[] = [];

function each(message: FromSandbox): readonly Told[] {
  return message.type === "events" ? message.events.map((event) => ({ type: "event", event })) : [message];
}

function send(message: ToSandbox): void {
  channel.port1.postMessage(message);
}

/** Runs cells; those of an earlier call with the same id are replaced. */
function run(...specs: readonly CellSpec[]): void {
  const changed = specs.map(toCell);
  const ids = new Set(changed.map(({ id }) => id));
  cells = [...cells.filter(({ id }) => !ids.has(id)), ...changed].sort((a, b) => a.id - b.id);
  const order = cells.map(({ id }) => id);
  send({ type: "program", change: { version: ++version, order, cells: changed, rerun: [...ids] } });
}

/** Deletes a cell. */
function remove(id: number): void {
  cells = cells.filter((cell) => cell.id !== id);
  send({
    type: "program",
    change: { version: ++version, order: cells.map((cell) => cell.id), cells: [], rerun: [] },
  });
}

function place(): void {
  const tops: Record<number, number> = {};
  let top = gap;
  for (const cell of Object.keys(heights).map(Number)) {
    tops[cell] = top;
    top += (heights[cell] ?? 0) + gap;
  }
  frame.style.height = `${Math.max(top, 600)}px`;
  send({ type: "layout", tops, left: gap, width: window.innerWidth - 2 * gap });
}

function arrowRows(offset: number, limit: number): Uint8Array {
  const rows = Array.from({ length: limit }, (_, index) => offset + index);
  const table = tableFromArrays({
    id: Int32Array.from(rows),
    name: rows.map((row) => `row ${row}`),
    amount: Float64Array.from(rows, (row) => row * 1.25),
  });
  return tableToIPC(table, { format: "stream" }) as Uint8Array;
}

function answer(request: CellRequest): Answer {
  if (request.type === "rows" && request.table === "gone")
    return {
      failure: { kind: "input", message: 'table "gone" is not kept any more', remedy: "run its cell again" },
    };
  if (request.type === "rows") return { ok: encode({ arrow: arrowRows(request.offset, request.limit) }) };
  if (request.type === "query") return { ok: encode({ arrow: arrowRows(0, 5) }) };
  if (request.type === "file")
    return { ok: encode({ url: "data:text/csv,day,cups%0A2024-01-02,3", name: request.path, bytes: 22 }) };
  return { ok: encode([]) };
}

channel.port1.onmessage = ({ data }: MessageEvent<FromSandbox>) => {
  messages.push(...each(data));
  if (data.type === "heights") {
    Object.assign(heights, data.heights);
    place();
  }
  if (data.type === "request") send({ type: "answer", id: data.id, answer: answer(data.request) });
};

frame.setAttribute("sandbox", "allow-scripts allow-forms allow-popups allow-downloads allow-modals");
frame.src = "/sandbox/index.html";
frame.style.cssText = "border:0;width:100%;display:block";
frame.addEventListener("load", () =>
  frame.contentWindow?.postMessage({ type: "percolate-port" }, "*", [channel.port2]),
);
document.body.append(frame);

export const harness = { send, run, remove, messages, arrowRows };
Object.assign(window, { harness });
