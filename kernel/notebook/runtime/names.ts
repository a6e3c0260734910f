/** What a name means that no cell which may run defines: one of the place's own, or an error that says why. */
import { plainName } from "../compiler/origin.ts";
import { type Failure, nearest, UserError } from "../errors.ts";
import type { PlaceHost } from "./host.ts";
import type { Program } from "./program.ts";
import { upstreamFailure } from "./upstream-failure.ts";

const mostCompared = 1000;

/** No cell and no library has the name. Where it stands is up to the cell that uses it. */
export class MissingName extends UserError {
  readonly missing: string;

  constructor(missing: string, definer: ReadonlyMap<string, number>) {
    const meant = nearest(missing, similar(missing, definer.keys()));
    const cell = definer.get(meant ?? "");
    super({
      kind: "runtime",
      message: `${missing} is not defined`,
      remedy: meant ? `did you mean ${meant}?` : `define it in a cell: const ${missing} = …`,
      ...(meant !== undefined && cell !== undefined ? { names: { [meant]: cell } } : {}),
    });
    this.missing = missing;
  }
}

export class Names {
  readonly #host: PlaceHost;
  readonly #program: Program;
  /** Names that would belong to each run, but that cells define. */
  #shadowed: ReadonlySet<string> = new Set();

  constructor(host: PlaceHost, program: Program) {
    this.#host = host;
    this.#program = program;
  }

  /** Value of a name that no variable has; throws if there is none. */
  global(name: string): unknown {
    const refused = this.#refusedName(name);
    if (refused) throw new UserError(refused);
    const value = this.#host.builtin(plainName(name));
    if (value !== undefined) return value;
    throw new MissingName(plainName(name), this.#program.graph.definer);
  }

  /** Whether a name belongs to each run (`display`, `invalidation`), and no cell defines it. */
  isLocal(name: string): boolean {
    return this.#belongsToRuns(plainName(name)) && !this.#shadowed.has(name);
  }

  /** Looks anew which run's names cells define. @returns those for which that has changed. */
  reshadow(): string[] {
    const before = this.#shadowed;
    const { graph, imports } = this.#program;
    const plain = [...this.#host.locals, "invalidation"].filter((name) => graph.isDefined(name));
    const theirs = imports ? [...graph.definer.keys()].filter((name) => plainName(name) !== name) : [];
    this.#shadowed = new Set([...plain, ...theirs.filter((name) => this.#belongsToRuns(plainName(name)))]);
    return [...before, ...this.#shadowed].filter((name) => before.has(name) !== this.#shadowed.has(name));
  }

  #belongsToRuns(name: string): boolean {
    return name === "invalidation" || this.#host.locals.has(name);
  }

  /** Why a name has no value although a cell names it: that cell is refused. */
  #refusedName(name: string): Failure | undefined {
    const { graph } = this.#program;
    const id = graph.refused(name)?.id;
    const failure = id === undefined ? undefined : graph.failures.get(id);
    return id !== undefined && failure ? upstreamFailure(name, id, failure) : undefined;
  }
}

/** Names that may be meant by another: of a very large notebook only some, since comparing takes time. */
function similar(name: string, names: Iterable<string>): string[] {
  const found: string[] = [];
  for (const candidate of names) {
    if (Math.abs(candidate.length - name.length) <= 2) found.push(candidate);
    if (found.length === mostCompared) break;
  }
  return found;
}
