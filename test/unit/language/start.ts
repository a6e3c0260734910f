import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { workspaceAt } from "../../../kernel/catalog/workspace.ts";
import type { NotebookLanguage } from "../../../kernel/language/notebook-language.ts";
import { LanguageService } from "../../../kernel/language/service.ts";
import { type CellSpec, type Notebook, toCell } from "../../../kernel/notebook/document/notebook.ts";
import type { LanguageRequest, Problem } from "../../../kernel/notebook/language.ts";
import { engineOver } from "../engine/catalog.ts";

type Source = string | Partial<CellSpec>;

/** A notebook in an editor, with the language service behind it. `|` in a cell's text is where the cursor is. */
export class Desk {
  readonly service: LanguageService;
  readonly #language: NotebookLanguage;
  trusted = true;
  readonly problems = new Map<number, readonly Problem[]>();
  #notebook: Notebook = { title: "", cells: [] };
  #changed: (() => void)[] = [];

  constructor(service: LanguageService) {
    this.service = service;
    this.#language = service.open("notebooks/a.html");
    this.#language.on((cell, problems) => {
      this.problems.set(cell, problems);
      for (const changed of this.#changed.splice(0)) changed();
    });
  }

  /** Cells from 1 on. */
  write(...sources: readonly Source[]): void {
    const cells = sources.map((source, index) => {
      const id = index + 1;
      const cell = toCell({ id, ...(typeof source === "string" ? { source } : source) });
      const before = this.#notebook.cells[index];
      return before && JSON.stringify(before) === JSON.stringify(cell) ? before : cell;
    });
    this.#notebook = { title: "", cells };
    this.#language.update(this.#notebook, this.trusted);
  }

  /** Asks at the `|` of one of the cells. */
  ask<T>(
    type: "complete" | "hover" | "signature" | "definition" | "references",
    ...sources: readonly Source[]
  ): Promise<T> {
    const spot = this.#place(sources);
    const request = type === "complete" ? { type, ...spot, trigger: null } : { type, ...spot };
    return this.answer<T>(request as LanguageRequest);
  }

  rename<T>(name: string | null, ...sources: readonly Source[]): Promise<T> {
    return this.answer<T>({ type: "rename", ...this.#place(sources), name });
  }

  answer<T>(request: LanguageRequest): Promise<T> {
    return this.#language.answer(request) as Promise<T>;
  }

  async labels(...sources: readonly Source[]): Promise<string[]> {
    const found = await this.ask<{ items: { label: string }[] } | null>("complete", ...sources);
    return (found?.items ?? []).map(({ label }) => label);
  }

  /** Where a cell has mistakes. */
  async places(cell: number): Promise<[number, number][]> {
    await this.#language.settled();
    return (this.problems.get(cell) ?? []).map(({ from, to }) => [from, to]);
  }

  /** The words that are underlined in a cell, once that is `count` of them. */
  async underlined(cell: number, count: number): Promise<string[]> {
    while ((this.problems.get(cell)?.length ?? 0) !== count)
      await new Promise<void>((resolve) => this.#changed.push(resolve));
    const { source } = this.#notebook.cells[cell - 1] ?? { source: "" };
    return (this.problems.get(cell) ?? []).map(({ from, to }) => source.slice(from, to));
  }

  #place(sources: readonly Source[]): { cell: number; at: number } {
    const text = (source: Source | undefined) => (typeof source === "string" ? source : source?.source) ?? "";
    const index = sources.findIndex((source) => text(source).includes("|"));
    const at = text(sources[index]).indexOf("|");
    const without = sources.map((source, i) => {
      if (i !== index) return source;
      const clean = text(source).slice(0, at) + text(source).slice(at + 1);
      return typeof source === "string" ? clean : { ...source, source: clean };
    });
    this.write(...without);
    return { cell: index + 1, at };
  }
}

/** @param files of the workspace: path → text */
export async function desk(files: Readonly<Record<string, string>> = {}): Promise<Desk> {
  const root = mkdtempSync(join(tmpdir(), "percolate-language-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const engine = await engineOver();
  const service = new LanguageService({
    workspace: workspaceAt(root),
    tables: () => [
      {
        database: "main",
        name: "coffees",
        columns: [
          { name: "cups", type: "BIGINT" },
          { name: "day", type: "DATE" },
        ],
      },
    ],
    describe: (sql, params) => engine.describe(sql, params),
    functions: async () => [{ name: "date_trunc", detail: "(part, date)" }],
  });
  onTestFinished(async () => {
    await service.close();
    rmSync(root, { recursive: true, force: true });
  });
  return new Desk(service);
}
