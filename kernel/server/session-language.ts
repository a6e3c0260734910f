import type { NotebookLanguage } from "../language/notebook-language.ts";
import type { LanguageService } from "../language/service.ts";
import { toFailure, UserError } from "../notebook/errors.ts";
import type { LanguageRequest } from "../notebook/language.ts";
import type { ToShell } from "../notebook/protocol.ts";
import type { Client } from "./client.ts";
import type { OpenDocument } from "./documents.ts";

/** The language service for one open notebook, as long as a tab shows it. */
export class SessionLanguage {
  readonly #document: OpenDocument;
  readonly #service: () => Promise<LanguageService>;
  readonly #tell: (message: ToShell) => void;
  #language: Promise<NotebookLanguage> | null = null;
  #path = "";

  constructor(
    document: OpenDocument,
    service: () => Promise<LanguageService>,
    tell: (message: ToShell) => void,
  ) {
    this.#document = document;
    this.#service = service;
    this.#tell = tell;
  }

  /** A tab has come: it is told all mistakes that are known, and any that are found later. */
  async open(client: Client): Promise<void> {
    if (!this.#language) return this.#start();
    const language = await this.#language;
    for (const [cell, problems] of Object.entries(language.problems()))
      client.send({ type: "problems", cell: Number(cell), problems });
  }

  /** The text, the path, or whether it is trusted, has changed. */
  update(): void {
    if (this.#language && this.#path !== this.#document.path) {
      this.close();
      return this.#start();
    }
    void this.#language?.then((language) => this.#bringUp(language));
  }

  async answer(client: Client, id: number, request: LanguageRequest): Promise<void> {
    try {
      const language = await this.#language;
      client.send({ type: "language", id, answer: { ok: (await language?.answer(request)) ?? null } });
    } catch (thrown) {
      if (!(thrown instanceof UserError)) console.error(thrown);
      client.send({ type: "language", id, answer: { failure: toFailure(thrown) } });
    }
  }

  close(): void {
    void this.#language?.then((language) => language.close()).catch(() => {});
    this.#language = null;
  }

  #start(): void {
    this.#path = this.#document.path;
    const language = this.#service().then((service) => this.#opened(service));
    // Without it everything but help in the editors works.
    language.catch((error) => console.error(error));
    this.#language = language;
  }

  #opened(service: LanguageService): NotebookLanguage {
    const language = service.open(this.#path);
    language.on((cell, problems) => this.#tell({ type: "problems", cell, problems }));
    this.#bringUp(language);
    return language;
  }

  #bringUp(language: NotebookLanguage): void {
    language.update(this.#document.notebook, this.#document.trusted);
  }
}
