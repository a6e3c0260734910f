/** What is told of cells of other notebooks: in words their authors know, by their place there and not by our numbers. */
import type { RunCell } from "../document/run-cell.ts";
import { isImported } from "../document/run-cell.ts";
import type { Failure } from "../errors.ts";
import type { CellEvent } from "../protocol.ts";
import type { PlaceHost } from "./host.ts";
import type { Program } from "./program.ts";

type CellOf = (id: number) => RunCell | undefined;

/** The host, told of imported cells in such words. */
export function inWords(host: PlaceHost, program: Program): PlaceHost {
  const cellOf: CellOf = (id) => program.graph.cell(id)?.cell;
  return {
    place: host.place,
    locals: host.locals,
    builtin: (name) => host.builtin(name),
    begin: (run, uses) => host.begin(run, uses),
    end: (run, how) => host.end(run, typeof how === "string" ? how : failureInWords(how, cellOf)),
    remove: (cell) => host.remove(cell),
    emit: (event) => host.emit(program.imports ? eventInWords(event, cellOf) : event),
    send: (message) => host.send(message),
    ...(host.results ? { results: host.results } : {}),
  };
}

function eventInWords(event: CellEvent, cellOf: CellOf): CellEvent {
  if (event.type !== "status" || !event.failure) return event;
  return { ...event, failure: failureInWords(event.failure, cellOf) };
}

function failureInWords(failure: Failure, cellOf: CellOf): Failure {
  const { message, stack, cells, names, ...rest } = failure;
  const own = Object.entries(names ?? {}).filter(([, id]) => !isImported(id));
  return {
    ...rest,
    message: words(message, cellOf),
    ...(stack === undefined ? {} : { stack: words(stack, cellOf) }),
    ...(cells ? { cells: cells.filter((id) => !isImported(id)) } : {}),
    ...(own.length > 0 ? { names: Object.fromEntries(own) } : {}),
  };
}

/** Ids of imported cells have fourteen digits. */
function words(text: string, cellOf: CellOf): string {
  return text.replace(/\bcell([ -])(\d{14,})(\.ts)?/g, (whole, _, id) => {
    const origin = cellOf(Number(id))?.origin;
    return origin ? `cell ${origin.cell} of ${origin.notebook}` : whole;
  });
}
