import { applyAll } from "../../../kernel/notebook/document/apply.ts";
import { difference } from "../../../kernel/notebook/document/difference.ts";
import type { Notebook } from "../../../kernel/notebook/document/notebook.ts";
import type { Operation } from "../../../kernel/notebook/document/operations.ts";
import { rebase } from "../../../kernel/notebook/document/rebase.ts";
import type { Replica } from "../../../kernel/notebook/document/replica.ts";

export interface Reopened {
  readonly replica: Replica;
  /** What leads from the notebook that the user saw to the one they see now. */
  readonly operations: readonly Operation[];
}

/**
 * A replica after its connection was lost and the document opened anew: what was not answered waits again, on top of
 * what the server has now. Of a message whose answer was lost nobody knows whether it arrived; it is taken to have
 * arrived if the server's text is nearer to the one with it than to the one without.
 */
export function reopen(replica: Replica, notebook: Notebook, version: number): Reopened {
  const { confirmed, waiting } = replica;
  const flight = replica.flight ?? [];
  const sent = applyAll(confirmed, flight);
  const arrived = flight.length > 0 && distance(sent, notebook) < distance(confirmed, notebook);
  const base = arrived ? sent : confirmed;
  const mine = arrived ? waiting : [...flight, ...waiting];
  const carried = rebase(base, mine, difference(base, notebook));
  const left = carried.mine.filter((operation) => operation !== null);
  const next: Replica = {
    confirmed: notebook,
    version,
    flight: null,
    waiting: left,
    notebook: applyAll(notebook, left),
  };
  return { replica: next, operations: carried.theirs };
}

function distance(from: Notebook, to: Notebook): number {
  return from === to ? 0 : JSON.stringify(difference(from, to)).length;
}
