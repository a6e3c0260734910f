import { applyAll } from "./apply.ts";
import { difference } from "./difference.ts";
import type { Notebook } from "./notebook.ts";
import type { Operation } from "./operations.ts";
import { rebase } from "./rebase.ts";

/** A client's copy of a document that the server orders. A value: every function gives a new one. */
export interface Replica {
  /** As the server had it at `version`. */
  readonly confirmed: Notebook;
  readonly version: number;
  /** Sent and not yet answered: what is left of it over what others did meanwhile. Null: nothing is on its way. */
  readonly flight: readonly Operation[] | null;
  /** Made since. */
  readonly waiting: readonly Operation[];
  /** What the client sees: confirmed, flight and waiting. */
  readonly notebook: Notebook;
}

/** A replica of what the server sent on opening. */
export function openReplica(notebook: Notebook, version: number): Replica {
  return { confirmed: notebook, version, flight: null, waiting: [], notebook };
}

/** The replica after operations of its own user. */
export function edit(replica: Replica, operations: readonly Operation[]): Replica {
  return {
    ...replica,
    waiting: [...replica.waiting, ...operations],
    notebook: applyAll(replica.notebook, operations),
  };
}

/** What to send now, or null: nothing waits, or an answer is still on its way. */
export function send(
  replica: Replica,
): { replica: Replica; base: number; operations: readonly Operation[] } | null {
  if (replica.flight || replica.waiting.length === 0) return null;
  const operations = replica.waiting;
  return { replica: { ...replica, flight: operations, waiting: [] }, base: replica.version, operations };
}

/**
 * The replica after operations that the server ordered, and what to do to the notebook that the client sees.
 * @param version after them
 * @param own whether they are the answer to what this client sent
 */
export function receive(
  replica: Replica,
  version: number,
  operations: readonly Operation[],
  own: boolean,
): { replica: Replica; operations: readonly Operation[] } {
  return own ? answered(replica, version, operations) : merged(replica, version, operations);
}

function merged(replica: Replica, version: number, theirs: readonly Operation[]) {
  const { confirmed, flight, waiting } = replica;
  const sent = flight?.length ?? 0;
  const carried = rebase(confirmed, [...(flight ?? []), ...waiting], theirs);
  const next: Replica = {
    confirmed: applyAll(confirmed, theirs),
    version,
    flight: flight && present(carried.mine.slice(0, sent)),
    waiting: present(carried.mine.slice(sent)),
    notebook: applyAll(replica.notebook, carried.theirs),
  };
  return { replica: next, operations: carried.theirs };
}

/** The server may have made something else of them than foreseen; then the difference puts the client right. */
function answered(replica: Replica, version: number, operations: readonly Operation[]) {
  const confirmed = applyAll(replica.confirmed, operations);
  const correction = difference(replica.notebook, applyAll(confirmed, replica.waiting));
  const notebook = applyAll(replica.notebook, correction);
  return { replica: { ...replica, confirmed, version, flight: null, notebook }, operations: correction };
}

function present(row: readonly (Operation | null)[]): Operation[] {
  return row.filter((operation) => operation !== null);
}
