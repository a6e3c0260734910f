import { ChangeSet } from "@codemirror/state";
import type { Notebook } from "../../../../kernel/notebook/document/notebook.ts";
import type { Operation } from "../../../../kernel/notebook/document/operations.ts";
import { toFailure } from "../../../../kernel/notebook/errors.ts";
import {
  type Match,
  matchesIn,
  mostMatches,
  patternOf,
  replacementAt,
  type SearchQuery,
} from "../../../../kernel/notebook/search/query.ts";
import { Store } from "../../app/store.ts";
import type { Editors } from "../editors.ts";
import type { NotebookSession } from "../session.ts";

export interface CellMatch extends Match {
  readonly cell: number;
}

/** What is found, while the bar is open. */
export interface Found {
  readonly all: readonly CellMatch[];
  readonly byCell: ReadonlyMap<number, readonly CellMatch[]>;
  /** The match that one stands at, by its place in `all`; -1: none yet. */
  readonly current: number;
  /** Why nothing can be looked for. */
  readonly mistake: string | null;
}

const nothing: Found = { all: [], byCell: new Map(), current: -1, mistake: null };

/** Find and replace over all cells of a notebook. */
export class FindState {
  readonly open = new Store(false);
  readonly query = new Store<SearchQuery>({ text: "", regex: false, matchCase: false, wholeWord: false });
  readonly replacement = new Store("");
  readonly found = new Store<Found>(nothing);
  /** Counts how often it was asked for, so that the field gets the focus again. */
  readonly asked = new Store(0);
  readonly #session: NotebookSession;
  readonly #editors: Editors;

  constructor(session: NotebookSession, editors: Editors) {
    this.#session = session;
    this.#editors = editors;
    session.notebook.subscribe(() => this.open.get() && this.#look());
    this.query.subscribe(() => this.#look());
  }

  show(text?: string): void {
    this.open.set(true);
    if (text) this.query.update((query) => ({ ...query, text, regex: false }));
    else this.#look();
    this.asked.update((count) => count + 1);
  }

  /** Ends it; the cursor goes to the match that one stands at. */
  close(): void {
    const { all, current } = this.found.get();
    this.open.set(false);
    this.found.set(nothing);
    const match = all[current];
    if (match) this.#editors.focus(match.cell, match);
  }

  /** Goes to the next or the previous match, round the notebook. */
  step(by: 1 | -1): void {
    const { all, current } = this.found.get();
    if (all.length === 0) return;
    this.#goTo(current < 0 ? (by > 0 ? 0 : all.length - 1) : (current + by + all.length) % all.length);
  }

  /** Replaces the match that one stands at and goes on; goes to the first one if one stands at none. */
  replaceOne(): void {
    const { all, current } = this.found.get();
    const match = all[current];
    if (!match) return this.step(1);
    this.#session.edit(this.#replacing([match]));
    const after = this.found.get().all;
    if (after.length > 0) this.#goTo(Math.min(current, after.length - 1));
  }

  /** Replaces all matches as one step. @returns how many */
  replaceAll(): number {
    const { all } = this.found.get();
    if (all.length > 0) this.#session.edit(this.#replacing(all));
    return all.length;
  }

  #goTo(index: number): void {
    const found = this.found.get();
    const match = found.all[index];
    if (!match) return;
    this.found.set({ ...found, current: index });
    this.#editors.show(match.cell, match);
  }

  #look(): void {
    if (!this.open.get()) return;
    const before = this.found.get();
    const at = before.all[before.current];
    this.found.set(lookIn(this.#session.notebook.get(), this.query.get(), at));
  }

  #replacing(matches: readonly CellMatch[]): Operation[] {
    const [query, replacement] = [this.query.get(), this.replacement.get()];
    return this.#session.notebook.get().cells.flatMap(({ id, source }): Operation[] => {
      const own = matches.filter(({ cell }) => cell === id);
      if (own.length === 0) return [];
      const changes = own.map((match) => ({
        from: match.from,
        to: match.to,
        insert: replacementAt(source, match, query, replacement),
      }));
      return [{ type: "edit", cell: id, changes: ChangeSet.of(changes, source.length, "\n").toJSON() }];
    });
  }
}

/** @param at the match that one stood at: the one at its place, or after, is the present one */
function lookIn({ cells }: Notebook, query: SearchQuery, at: CellMatch | undefined): Found {
  if (query.text === "") return nothing;
  try {
    const pattern = patternOf(query);
    const byCell = new Map<number, readonly CellMatch[]>();
    const all: CellMatch[] = [];
    for (const { id, source } of cells) {
      const own = matchesIn(source, pattern).map((match) => ({ ...match, cell: id }));
      if (own.length === 0) continue;
      byCell.set(id, own);
      all.push(...own);
      if (all.length >= mostMatches) break;
    }
    const current = at ? all.findIndex(({ cell, from }) => cell === at.cell && from >= at.from) : -1;
    return { all, byCell, current, mistake: null };
  } catch (error) {
    return { ...nothing, mistake: toFailure(error).message };
  }
}
