import { sameDefinition } from "../catalog/commit.ts";
import type { TableDefinition } from "../catalog/table.ts";
import type { CrawlSummary } from "../notebook/api.ts";
import type { Plan } from "./plan.ts";

/** What the crawl made of its files, as told to its user. */
export function summaryOf(
  database: string,
  plan: Plan,
  passed: Pick<CrawlSummary, "failures" | "ignored">,
  started: number,
): CrawlSummary {
  const full = (table: { readonly name: string }) => `${database}.${table.name}`;
  const before = (table: TableDefinition) => plan.before.get(table.name.toLowerCase());
  const known = plan.put.filter((table) => before(table) !== undefined);
  return {
    database,
    created: plan.put.filter((table) => before(table) === undefined).map(full),
    updated: known.filter((table) => !sameDefinition(before(table), table)).map(full),
    unchanged: known.filter((table) => sameDefinition(before(table), table)).map(full),
    removed: plan.remove.map(full),
    rows: plan.put.reduce((sum, table) => sum + (table.rowCount ?? 0), 0),
    bytes: plan.put.reduce((sum, table) => sum + table.bytes, 0),
    failures: passed.failures,
    ignored: passed.ignored,
    ms: Math.round(performance.now() - started),
  };
}
