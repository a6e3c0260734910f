import { statSync } from "node:fs";
import { resolve } from "node:path";
import type { Command } from "commander";
import type { CrawlProgress, CrawlSummary } from "../notebook/api.ts";
import { failureText, inputError } from "../notebook/errors.ts";
import { findWorkspace } from "./find-workspace.ts";
import { helpBelow } from "./help.ts";
import { interruptible } from "./interrupt.ts";
import { type Exit, exit } from "./outcome.ts";
import type { Terminal } from "./terminal.ts";
import { byteText, countText, plural } from "./text-table.ts";

interface CrawlFlags {
  readonly database: string;
  readonly workspace?: string;
  readonly everything?: boolean;
  readonly json?: boolean;
}

export function addCrawl(program: Command, terminal: Terminal, done: (status: Exit) => void): void {
  program
    .command("crawl")
    .summary("find tables in a folder or file and put them into the catalog")
    .description(
      "Looks at CSV, TSV, JSON, NDJSON and Parquet files (also gzipped, also folders like year=2024/month=01) and " +
        "makes tables of them. The files stay where they are. Crawling again reads only what changed.",
    )
    .argument("<path>", "folder or file")
    .option("--database <name>", "database that the tables belong to", "main")
    .option("--workspace <folder>", "workspace whose catalog gets the tables")
    .option("--everything", "read every file again, changed or not")
    .option("--json", "print one JSON object on standard output, and nothing else there")
    .addHelpText(
      "after",
      helpBelow(["crawl data", "crawl ~/exports/2024 --database sales", "crawl events.ndjson.gz --json"], {
        0: "all files read",
        1: "some could not be read; the others are in the catalog",
        2: "wrong use; nothing was read",
      }),
    )
    .action(async (path: string, flags: CrawlFlags) => done(await crawlPath(path, flags, terminal)));
}

async function crawlPath(given: string, flags: CrawlFlags, terminal: Terminal): Promise<Exit> {
  const path = resolve(given);
  if (!statSync(path, { throwIfNoEntry: false }))
    throw inputError(`${given} does not exist`, "name a folder or file to crawl");
  const workspace = await findWorkspace(flags.workspace, process.cwd());
  const [{ openCatalog }, { crawl }] = await Promise.all([
    import("../catalog/catalog.ts"),
    import("../crawl/crawl.ts"),
  ]);
  const catalog = openCatalog(workspace);
  try {
    const summary = await interruptible((signal) =>
      crawl({
        catalog,
        path,
        database: flags.database,
        signal,
        everything: flags.everything === true,
        onProgress: (progress) => terminal.progress(progressText(progress)),
      }),
    );
    return await tell(summary, flags.json === true, terminal);
  } finally {
    catalog.close();
  }
}

async function tell(summary: CrawlSummary, json: boolean, terminal: Terminal): Promise<Exit> {
  terminal.progress("");
  for (const { path, failure } of summary.failures) await terminal.log(`${path}: ${failureText(failure)}`);
  await terminal.out(json ? JSON.stringify(summary) : crawlText(summary));
  return summary.failures.length ? exit.failed : exit.ok;
}

export function progressText(progress: CrawlProgress): string {
  const { phase, files, filesDone, bytes, bytesDone, current } = progress;
  if (phase === "list") return `listing: ${plural(files, "file")}`;
  if (phase === "commit") return "writing the catalog";
  const share = bytes > 0 ? ` ${Math.floor((100 * bytesDone) / bytes)} %` : "";
  return `${phase === "read" ? "reading" : "looking at"} ${filesDone} of ${plural(files, "file")}${share} ${current ?? ""}`;
}

/** The summary for people: tables by what happened to them, then totals. */
export function crawlText(summary: CrawlSummary): string {
  const { created, updated, unchanged, removed, ignored, failures } = summary;
  const lines = [
    ...created.map((name) => `new        ${name}`),
    ...updated.map((name) => `updated    ${name}`),
    ...unchanged.map((name) => `unchanged  ${name}`),
    ...removed.map((name) => `removed    ${name}`),
  ];
  const tables = created.length + updated.length + unchanged.length;
  const asides = [
    failures.length ? `${plural(failures.length, "file")} could not be read` : "",
    ignored.length
      ? `${plural(ignored.length, "file")} passed over: ${ignored.slice(0, 8).join(", ")}${ignored.length > 8 ? " …" : ""}`
      : "",
  ].filter(Boolean);
  const total = `${plural(tables, "table")}, ${countText(summary.rows)} rows, ${byteText(summary.bytes)} in ${(summary.ms / 1000).toFixed(1)} s`;
  return [...lines, [total, ...asides].join("; ")].join("\n");
}
