import { randomUUID } from "node:crypto";
import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { Crawl, CrawlProgress, CrawlSummary } from "../notebook/api.ts";
import { toFailure, UserError } from "../notebook/errors.ts";
import { notFound } from "./failures.ts";
import type { Services } from "./services.ts";

const crawlsKept = 100;
const notBegun: CrawlProgress = {
  phase: "list",
  files: 0,
  filesDone: 0,
  bytes: 0,
  bytesDone: 0,
  current: null,
};

interface Job {
  crawl: Crawl;
  readonly database: string;
  readonly controller: AbortController;
}

/** Crawls asked for through the page: one at a time per database, the others wait. */
export class Crawls {
  readonly #services: Services;
  readonly #jobs = new Map<string, Job>();
  readonly #queues = new Map<string, Promise<void>>();
  readonly #ended: () => void;

  /** `ended` is called after each crawl that may have changed the catalog. */
  constructor(services: Services, ended: () => void) {
    this.#services = services;
    this.#ended = ended;
  }

  /** @throws RequestError 404 when nothing lies at the path. A relative path starts at the workspace. */
  async start(path: string, database: string): Promise<Crawl> {
    const absolute = resolve(this.#services.workspace.root, path);
    await stat(absolute).catch(() => {
      throw notFound(`"${absolute}"`, "choose a folder or file that exists");
    });
    const crawl: Crawl = { id: randomUUID(), path: absolute, state: "running", progress: notBegun };
    const job: Job = { crawl, database, controller: new AbortController() };
    this.#jobs.set(crawl.id, job);
    this.#forgetOldest();
    const before = this.#queues.get(database) ?? Promise.resolve();
    this.#queues.set(
      database,
      before.then(() => this.#run(job)),
    );
    return crawl;
  }

  /** @throws RequestError 404 for an unknown id. */
  get(id: string): Crawl {
    return this.#job(id).crawl;
  }

  /** Asks a crawl to end; what it had not committed changes nothing. */
  cancel(id: string): Crawl {
    const job = this.#job(id);
    if (job.crawl.state === "running") job.controller.abort();
    return job.crawl;
  }

  /** Cancels all and waits until they have ended. */
  async close(): Promise<void> {
    for (const job of this.#jobs.values()) job.controller.abort();
    await Promise.all(this.#queues.values());
  }

  #job(id: string): Job {
    const job = this.#jobs.get(id);
    if (!job) throw notFound(`crawl "${id}"`);
    return job;
  }

  async #run(job: Job): Promise<void> {
    try {
      const summary = await this.#crawl(job);
      job.crawl = { ...job.crawl, state: "succeeded", summary };
    } catch (thrown) {
      if (!job.controller.signal.aborted && !(thrown instanceof UserError)) console.error(thrown);
      const state = job.controller.signal.aborted ? "cancelled" : "failed";
      job.crawl = { ...job.crawl, state, failure: toFailure(thrown) };
    }
    this.#ended();
  }

  async #crawl(job: Job): Promise<CrawlSummary> {
    job.controller.signal.throwIfAborted();
    const { crawl } = await import("../crawl/crawl.ts");
    return crawl({
      catalog: this.#services.catalog(),
      path: job.crawl.path,
      database: job.database,
      signal: job.controller.signal,
      onProgress: (progress: CrawlProgress) => {
        job.crawl = { ...job.crawl, progress };
      },
    });
  }

  #forgetOldest(): void {
    for (const [id, job] of this.#jobs)
      if (this.#jobs.size > crawlsKept && job.crawl.state !== "running") this.#jobs.delete(id);
  }
}
