import type { CompletionItem, CompletionList, Position } from "vscode-languageserver-protocol/node.js";
import type { Cell } from "../notebook/document/notebook.ts";
import { type LanguageServer, uriOf } from "./lsp.ts";
import type { NotebookFiles } from "./notebook-files.ts";
import { positionOf } from "./positions.ts";
import { isScript } from "./virtual-file.ts";

/** Lists that are kept. */
const mostLists = 24;
/** Time (ms) in which a question about the change itself may come, which goes before. */
const restMs = 12;
/** A name may have more letters. */
const nameMs = 70;

const mayGoOn = /[\p{ID_Continue}$\])}"'`]$/u;
const inName = /[\p{ID_Continue}$]$/u;
/** Where a name may begin. */
const mayBegin = /(?:^|[\s([{,;:?=+\-*/%<>!&|~^]|\$\{)$/;
const closers = /^["'`)\]]+/;

/** A question that is likely to come: after a dot that is not there yet, or for the first letter of a name. */
interface Guess {
  readonly cell: number;
  readonly source: string;
  readonly at: number;
}

export interface ForeseenList {
  readonly items: readonly CompletionItem[];
  readonly partial: boolean;
}

/**
 * What may stand after a dot or where a name begins, asked for before it is typed: the types of long chains of cells take their
 * time. Lists count as long as no other cell has changed.
 */
export class Foreseen {
  readonly #files: NotebookFiles;
  readonly #server: LanguageServer;
  readonly #lists = new Map<string, Promise<readonly CompletionItem[] | null>>();
  #next: readonly Guess[] = [];
  #timer: NodeJS.Timeout | null = null;
  #busy = false;
  #age = 0;

  constructor(files: NotebookFiles, server: LanguageServer) {
    this.#files = files;
    this.#server = server;
  }

  /** Cells' files have changed. @param before the cells as they were */
  changed(ids: readonly number[], before: readonly Cell[]): void {
    const [id] = ids;
    if (id === undefined) return;
    if (ids.length > 1) return this.forget();
    for (const key of this.#lists.keys()) if (!key.startsWith(`${id} `)) this.#lists.delete(key);
    const [was, is] = [before.find((cell) => cell.id === id), this.#files.cell(id)];
    this.#next = was && is && isScript(is) ? guesses(was.source, is.source, id) : [];
    const [first] = this.#next;
    if (first) this.#later(inName.test(first.source.slice(0, first.at - 1)) ? nameMs : restMs);
  }

  /**
   * The list for a question, if it was foreseen.
   * @param start where the word begins that is typed. The list of its place has all names but those to import
   */
  async take(cell: number, source: string, at: number, start: number): Promise<ForeseenList | null> {
    const whole = await this.#lists.get(keyOf({ cell, source, at }));
    if (whole) return { items: whole, partial: false };
    this.#next = [];
    if (at - start !== 1) return null;
    const before = source.slice(0, start) + source.slice(at);
    const items = await this.#lists.get(keyOf({ cell, source: before, at: start }));
    return items ? { items, partial: true } : null;
  }

  /** What is known may have become wrong. */
  forget(): void {
    this.#age++;
    this.#lists.clear();
    this.#next = [];
  }

  close(): void {
    this.forget();
    if (this.#timer) clearTimeout(this.#timer);
  }

  #later(ms: number): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.#run();
    }, ms);
  }

  /** One after the other; what was typed meanwhile goes first. */
  async #run(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    for (let guess = this.#take(); guess; guess = this.#take()) await this.#ask(guess);
    this.#busy = false;
  }

  #take(): Guess | undefined {
    const [first, ...rest] = this.#next;
    this.#next = rest;
    return first;
  }

  async #ask(guess: Guess): Promise<void> {
    const key = keyOf(guess);
    if (this.#lists.has(key) || !this.#files.cell(guess.cell)) return;
    const age = this.#age;
    const list = this.#listOf(guess);
    this.#lists.set(key, list);
    for (const old of [...this.#lists.keys()].slice(0, -mostLists)) this.#lists.delete(old);
    const found = await list;
    if (found === null || age !== this.#age) this.#lists.delete(key);
  }

  /** In a file beside the cell's, whose place then goes for the cell's own. */
  async #listOf({ cell, source, at }: Guess): Promise<readonly CompletionItem[] | null> {
    const { path, text } = this.#files.foreseen(cell, source);
    this.#server.write(path, text);
    const trigger = source[at - 1] === "." ? "." : null;
    const asked = itemsAt(this.#server, path, positionOf(source, at), trigger);
    const items = await asked.finally(() => this.#server.remove(path));
    const [beside, own] = [
      JSON.stringify(path).slice(1, -1),
      JSON.stringify(this.#files.file(cell)).slice(1, -1),
    ];
    return JSON.parse(JSON.stringify(items).replaceAll(beside, own)) as CompletionItem[];
  }
}

/** The language server's list for a place in a file; empty if there is none. */
export async function itemsAt(
  server: LanguageServer,
  path: string,
  position: Position,
  trigger: string | null,
): Promise<readonly CompletionItem[]> {
  const list = await server.ask<CompletionList | CompletionItem[]>("textDocument/completion", {
    textDocument: { uri: uriOf(path) },
    position,
    context: trigger ? { triggerKind: 2, triggerCharacter: trigger } : { triggerKind: 1 },
  });
  return Array.isArray(list) ? list : (list?.items ?? []);
}

const keyOf = ({ cell, source, at }: Guess) => `${cell} ${at} ${source}`;

/** A dot where the change ends, or behind the brackets that close there by themselves; or a name. */
function guesses(before: string, after: string, cell: number): Guess[] {
  const end = endOfChange(before, after);
  if (mayBegin.test(after.slice(0, end))) return [{ cell, source: after, at: end }];
  const behind = end + (closers.exec(after.slice(end))?.[0].length ?? 0);
  const places = behind === end ? [end] : [behind, end];
  return places
    .filter((at) => mayGoOn.test(after.slice(0, at)))
    .map((at) => ({ cell, source: `${after.slice(0, at)}.${after.slice(at)}`, at: at + 1 }));
}

function endOfChange(before: string, after: string): number {
  let same = 0;
  const most = Math.min(before.length, after.length);
  while (same < most && before.at(-1 - same) === after.at(-1 - same)) same++;
  return after.length - same;
}
