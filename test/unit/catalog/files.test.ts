import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { describe, expect, it, onTestFinished } from "vitest";
import { openCatalog } from "../../../kernel/catalog/catalog.ts";
import { catalogFormat } from "../../../kernel/catalog/migrations.ts";
import { workspaceAt } from "../../../kernel/catalog/workspace.ts";
import { type Failure, UserError } from "../../../kernel/notebook/errors.ts";
import { catalogAt, definition, temporaryFolder } from "./setup.ts";

function failureOf(folder: string): Failure {
  try {
    openCatalog(workspaceAt(folder)).close();
  } catch (thrown) {
    if (thrown instanceof UserError) return thrown.failure;
    throw thrown;
  }
  throw new Error("did not throw");
}

function folderWithCatalogFile(content: string | Uint8Array): { folder: string; file: string } {
  const folder = temporaryFolder();
  const file = join(folder, ".percolate", "catalog.db");
  mkdirSync(join(folder, ".percolate"));
  writeFileSync(file, content);
  return { folder, file };
}

/** Root may write everywhere, so such a test gives its rights up for a while. */
function asOrdinaryUser<T>(work: () => T): T {
  if (process.getuid?.() !== 0 || !process.seteuid) return work();
  process.seteuid(65534);
  try {
    return work();
  } finally {
    process.seteuid(0);
  }
}

describe("a catalog file", () => {
  it("is made with the present format, in WAL mode", () => {
    const folder = temporaryFolder();
    catalogAt(folder).close();
    const db = new Sqlite(join(folder, ".percolate", "catalog.db"));
    onTestFinished(() => void db.close());
    expect(db.pragma("user_version", { simple: true })).toBe(catalogFormat);
    expect(db.pragma("journal_mode", { simple: true })).toBe("wal");
  });

  it("of a newer format is refused and left alone", () => {
    const folder = temporaryFolder();
    const catalog = catalogAt(folder);
    catalog.commitTables({ put: [definition("sales")], remove: [] });
    catalog.close();
    const file = join(folder, ".percolate", "catalog.db");
    const db = new Sqlite(file);
    db.pragma(`user_version = ${catalogFormat + 6}`);
    db.close();
    const failure = failureOf(folder);
    expect(failure.message).toContain(`"${file}" has format ${catalogFormat + 6}`);
    expect(failure.remedy).toContain("update Percolate");
  });

  it("that is not SQLite is named, with the way out, and left as it is", () => {
    const { folder, file } = folderWithCatalogFile("hello, I am not a database ".repeat(100));
    const before = readFileSync(file);
    const failure = failureOf(folder);
    expect(failure.message).toContain(`"${file}" is damaged`);
    expect(failure.remedy).toContain(`mv "${file}"`);
    expect(readFileSync(file)).toEqual(before);
  });

  it("whose pages are overwritten is named, when opened or when used", () => {
    const folder = temporaryFolder();
    const catalog = catalogAt(folder);
    catalog.commitTables({ put: [definition("sales")], remove: [] });
    catalog.close();
    const file = join(folder, ".percolate", "catalog.db");
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.fill(0xab, 4096));
    const use = () => catalogAt(folder).tables();
    expect(use).toThrow(/catalog file ".*catalog\.db" is damaged/);
  });
});

describe("a catalog file that cannot be written", () => {
  it("in a folder that is read-only gets problem, place and remedy", () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o555);
    const failure = asOrdinaryUser(() => failureOf(folder));
    expect(failure.message).toContain(join(folder, ".percolate"));
    expect(failure.remedy).toContain("write permission");
    expect(existsSync(join(folder, ".percolate"))).toBe(false);
  });

  it("because it is read-only itself gets problem, place and remedy", () => {
    const folder = temporaryFolder();
    catalogAt(folder).close();
    chmodSync(join(folder, ".percolate", "catalog.db"), 0o444);
    chmodSync(join(folder, ".percolate"), 0o555);
    chmodSync(folder, 0o555);
    const failure = asOrdinaryUser(() => failureOf(folder));
    expect(failure.message).toContain("catalog.db");
    expect(failure.remedy).toContain("write permission");
  });

  it("because .percolate is a file gets them too", () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, ".percolate"), "");
    expect(failureOf(folder).message).toContain("cannot be made");
  });
});
