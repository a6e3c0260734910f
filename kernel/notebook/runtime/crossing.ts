/**
 * Which versions of the names that cross between the places stand here, and which are awaited. The rule that rules
 * out mixed versions: a value from the other place counts only if it was made from the present versions of all our
 * names that it depends on, and is at least as new as what was announced.
 */
import type { Basis, BridgeMessage } from "../protocol.ts";

export type Arrival = Extract<BridgeMessage, { type: "value" | "failed" }>;

export type Repetition = Extract<BridgeMessage, { type: "same" }>;

/** A name that the other place defines and this one uses. */
class RemoteName {
  /** Version announced by `pending`, at least. */
  announced = 0;
  /** Program under which it must have been computed, at least. */
  program = 0;
  /** The last value or failure that came, acceptable or not. */
  latest: Arrival | null = null;
  /** The one that counts now. */
  accepted: Arrival | null = null;
}

export class Crossing {
  readonly #remote = new Map<string, RemoteName>();
  readonly #local = new Map<string, number>();
  readonly #isOurs: (name: string) => boolean;

  /** @param isOurs whether a name crosses from here now; it may have moved since it was announced. */
  constructor(isOurs: (name: string) => boolean) {
    this.#isOurs = isOurs;
  }

  /** A follower's own values feed nobody, so what comes was made from another tab's. */
  follower = false;

  #name(name: string): RemoteName {
    const known = this.#remote.get(name) ?? new RemoteName();
    this.#remote.set(name, known);
    return known;
  }

  /** The other place starts anew: nothing of it stands. */
  forget(): void {
    this.#remote.clear();
  }

  /** The version of one of our names. */
  version(name: string): number {
    return this.#local.get(name) ?? 0;
  }

  /** Our names are about to change: new versions, to announce. */
  bump(names: Iterable<string>): Basis {
    const versions: Record<string, number> = {};
    for (const name of names) {
      const version = this.version(name) + 1;
      this.#local.set(name, version);
      versions[name] = version;
    }
    return versions;
  }

  announce(name: string, version: number): void {
    const remote = this.#name(name);
    remote.announced = Math.max(remote.announced, version);
    remote.accepted = null;
  }

  /** The cell that defines a remote name, or one it depends on, changed with this program version. */
  expect(name: string, program: number): void {
    const remote = this.#name(name);
    remote.program = program;
    remote.accepted = null;
  }

  /** Something of ours that a remote name depends on is about to change. */
  await(name: string): void {
    this.#name(name).accepted = null;
  }

  arrive(message: Arrival | Repetition): void {
    const remote = this.#name(message.name);
    const arrival = message.type === "same" ? repeated(remote.latest, message) : message;
    if (!arrival) return;
    if (remote.accepted && isRepetition(remote.accepted, arrival)) return;
    remote.latest = arrival;
    remote.accepted = null;
  }

  /** The arrival that counts for a name, or null while it is awaited. */
  current(name: string): Arrival | null {
    const remote = this.#name(name);
    if (remote.accepted) return remote.accepted;
    const { latest } = remote;
    if (latest && this.#counts(remote, latest)) remote.accepted = latest;
    return remote.accepted;
  }

  #counts(remote: RemoteName, arrival: Arrival): boolean {
    if (arrival.version < remote.announced || arrival.program < remote.program) return false;
    if (this.follower) return true;
    return Object.entries(arrival.basis).every(
      ([name, version]) => !this.#isOurs(name) || this.version(name) === version,
    );
  }

  /** What a use of this remote name rests on: itself and its own basis. */
  basisOfRemote(name: string): Basis {
    const arrival = this.#remote.get(name)?.accepted;
    return arrival ? { ...arrival.basis, [name]: arrival.version } : {};
  }
}

/** The value that came before, of newer inputs; null if none came, for then it will come whole. */
function repeated(before: Arrival | null, { version, basis, program }: Repetition): Arrival | null {
  return before?.type === "value" ? { ...before, version, basis, program } : null;
}

/** Sent again for the sake of another tab. */
function isRepetition(a: Arrival, b: Arrival): boolean {
  return a.type === b.type && a.version === b.version && JSON.stringify(a.basis) === JSON.stringify(b.basis);
}

/** Both bases; where they differ the older version, so that the result is refused rather than trusted. */
export function mergeBasis(a: Basis, b: Basis): Basis {
  const merged: Record<string, number> = { ...a };
  for (const [name, version] of Object.entries(b)) merged[name] = Math.min(version, merged[name] ?? version);
  return merged;
}
