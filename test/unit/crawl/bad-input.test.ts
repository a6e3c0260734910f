import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { UserError } from "../../../kernel/notebook/errors.ts";
import { asOrdinaryUser, Bench, type Files, failuresOf, gzip, parquet } from "./setup.ts";

const png = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");
const good = { "good.csv": "a,b\n1,2\n" };

/** What is said of one bad file; the good one beside it is always taken. */
async function failureOf(files: Files): Promise<string> {
  const bench = new Bench({ ...good, ...files });
  const summary = await bench.crawl();
  expect(summary.created).toEqual(["main.good"]);
  expect(summary.failures).toHaveLength(1);
  return failuresOf(summary)[Object.keys(files)[0] ?? ""] ?? "not named";
}

async function expectFailure(_: string, files: Files, expected: readonly string[]): Promise<void> {
  const said = await failureOf(files);
  for (const part of expected) expect(said).toContain(part);
}

describe("a file that cannot be read is named, with problem, place and remedy:", () => {
  it.each([
    ["an empty CSV", { "x.csv": "" }, ['"x.csv" is empty', "delete it"]],
    ["an empty JSON", { "x.json": "" }, ['"x.json" is empty']],
    ["an empty Parquet file", { "x.parquet": "" }, ['"x.parquet" is empty']],
    ["only blank lines", { "x.csv": "\n \n" }, ['"x.csv" is empty']],
    ["an empty list", { "x.json": "[]" }, ['"x.json" holds no row']],
    [
      "a row with too many fields",
      { "x.csv": "a,b\n1,2\n3,4,5\n6,7\n" },
      ['"x.csv" line 3 has 3 fields where 2 are expected: "3,4,5"', "double quotes"],
    ],
    [
      "a row with too few fields",
      { "x.csv": "a,b,c\n1,2,3\n4,5\n" },
      ['"x.csv" line 3 has 2 fields where 3 are expected: "4,5"', "missing"],
    ],
    [
      "a ragged row after line breaks in quotes",
      { "x.csv": 'a,b\n"1\n1",2\n\n3\n' },
      ['"x.csv" line 5 has 1 field where 2 are expected'],
    ],
    ["a ragged row in gzip", { "x.csv.gz": gzip("a,b\n1,2\n3\n") }, ['"x.csv.gz" line 3 has 1 field']],
    [
      "a quote that stays open",
      { "x.csv": 'a,b\n1,"x\n2,y\n' },
      ['"x.csv" line 2 has a double quote that is not closed'],
    ],
    ["mixed line endings", { "x.csv": "a,b\r\n1,2\n3,4\r\n" }, ["mixes line endings", "sed -i"]],
    [
      "broken UTF-8",
      {
        "x.csv": Buffer.concat([Buffer.from("a,b\né,1\n2,"), Buffer.from([0xff, 0xfe]), Buffer.from("x\n")]),
      },
      ['"x.csv" is not UTF-8: line 3 has the bytes ff fe', "at byte 11", "iconv -f UTF-8 -c -t UTF-8"],
    ],
    [
      "Windows quotes",
      { "x.csv": Buffer.from("a,b\n1,\x93quoted\x94\n", "latin1") },
      ["line 2 has the bytes 93", "iconv -f WINDOWS-1252"],
    ],
    [
      "big-endian UTF-16",
      { "x.csv": Buffer.from("\uFEFFa,b\n1,2\n", "utf16le").swap16() },
      ["big-endian UTF-16", "iconv -f UTF-16BE"],
    ],
    ["JSON in UTF-16", { "x.json": Buffer.from('\uFEFF[{"a":1}]', "utf16le") }, ["UTF-16 JSON", "iconv"]],
    ["JSON in latin-1", { "x.json": Buffer.from('[{"a":"café"}]', "latin1") }, ["is not UTF-8"]],
  ])("%s", expectFailure);
});

describe("a file that is not what its name says is told what it is:", () => {
  it.each([
    [
      "text named Parquet",
      { "x.parquet": "a,b\n1,2\n" },
      ["is not a Parquet file", "looks like CSV text with 2 columns"],
    ],
    ["JSON named Parquet", { "x.parquet": '[{"a":1}]' }, ["looks like JSON text"]],
    [
      "a PNG named CSV",
      { "x.csv": png },
      ['"x.csv" is not CSV, as its name says: it looks like a PNG image'],
    ],
    ["a ZIP named CSV", { "x.csv": Buffer.from("504b030414000600", "hex") }, ["Excel"]],
    ["HTML named CSV", { "x.csv": "<!DOCTYPE html><html>not found</html>" }, ["looks like an HTML page"]],
    ["HTML named JSON", { "x.json": "<html>not found</html>" }, ["is not JSON", "looks like an HTML page"]],
    ["CSV named JSON", { "x.json": "a,b\n1,2\n" }, ["is not JSON", "CSV text with 2 columns"]],
    ["text named gzip", { "x.csv.gz": "a,b\n1,2\n" }, ["is not gzip-compressed"]],
    ["a PNG in gzip named CSV", { "x.csv.gz": execGzip(png) }, ["looks like a PNG image"]],
  ])("%s", expectFailure);

  it.each([
    ["broken JSON", { "x.json": '[{"a":1},{"a":2]' }, ["is not valid JSON", "in record 2"]],
    [
      "a broken line in NDJSON",
      { "x.ndjson": '{"a":1}\n{"a":2}\nnope\n{"a":4}\n' },
      ["is not valid JSON", "in line 3"],
    ],
    ["NDJSON that was cut off", { "x.ndjson": '{"a":1}\n{"a":2}\n{"a":' }, ["is not valid JSON"]],
    ["a CSV without line breaks", { "x.csv": `a,b\n1,${"y".repeat(3_000_000)}\n` }, ["longer than 2 MB"]],
  ])("%s", expectFailure);
});

describe("a damaged binary file is named so:", () => {
  it("truncated gzip, wherever it ends", async () => {
    const whole = gzip(Array.from({ length: 20_000 }, (_, i) => `${i},${(i * 7919) % 1000}\n`).join(""));
    for (const share of [0.01, 0.5, 0.999])
      expect(await failureOf({ "x.csv.gz": whole.subarray(0, Math.floor(whole.length * share)) })).toMatch(
        /"x.csv.gz" is damaged gzip data .*copy or download it again/,
      );
  });

  it("gzip with a wrong byte", async () => {
    const bytes = Buffer.from(gzip(Array.from({ length: 50_000 }, (_, i) => `${i},${i % 7}\n`).join("")));
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 0xff;
    expect(await failureOf({ "x.csv.gz": bytes })).toContain("is damaged gzip data");
  });

  it("truncated Parquet", async () => {
    const whole = await parquet("SELECT range AS a FROM range(1000)");
    const said = await failureOf({ "x.parquet": whole.subarray(0, whole.length - 10) });
    expect(said).toContain("its end is missing");
    expect(said).toContain("copy or download it again");
  });

  it("Parquet with a damaged footer", async () => {
    const bytes = Buffer.from(await parquet("SELECT range AS a FROM range(1000)"));
    bytes.fill(0xff, bytes.length - 60, bytes.length - 10);
    expect(await failureOf({ "x.parquet": bytes })).toContain('"x.parquet" cannot be read');
  });

  it("Parquet in gzip", async () => {
    expect(await failureOf({ "x.parquet.gz": execGzip(await parquet("SELECT 1 AS a")) })).toContain("gunzip");
  });
});

function execGzip(bytes: Uint8Array): Uint8Array {
  return execFileSync("gzip", ["-c"], { input: bytes });
}

describe("permissions", () => {
  it("that forbid a file or a folder make it a failure; the others are taken", async () => {
    const bench = new Bench({ ...good, "closed.csv": "a,b\n1,2\n", "locked/in.csv": "a,b\n1,2\n" });
    chmodSync(bench.folder, 0o755);
    chmodSync(bench.path("closed.csv"), 0o000);
    chmodSync(bench.path("locked"), 0o000);
    asOrdinaryUser();
    const summary = await bench.crawl();
    const said = failuresOf(summary);
    expect(said["closed.csv"]).toMatch(
      /"closed.csv" cannot be read \(EACCES\); give yourself permission: chmod u\+r/,
    );
    expect(said.locked).toMatch(/locked" cannot be listed .*chmod u\+rx/);
    expect(summary.created).toEqual(["main.good"]);
  });

  it("lost on a folder leave its tables in the catalog", async () => {
    const bench = new Bench({ "locked/part-1.csv": "a,b\n1,2\n", ...good });
    await bench.crawl();
    chmodSync(bench.folder, 0o755);
    chmodSync(bench.path("locked"), 0o000);
    asOrdinaryUser();
    const summary = await bench.crawl();
    expect(summary.removed).toEqual([]);
    expect(Object.keys(bench.schemas())).toEqual(["good", "locked"]);
  });
});

describe("what is no data", () => {
  it("is ignored, and listed so", async () => {
    const bench = new Bench({
      ...good,
      "README.md": "# Data, with commas\n",
      "photo.png": png,
      "notes.txt": "Dear diary,\ntoday I had coffee, twice, and cake.\nGood.\n",
      LICENSE: "Copyright (c) somebody\nAll rights reserved, mostly.\n",
      _SUCCESS: "",
      "archive.tar.gz": execGzip(Buffer.alloc(2048)),
    });
    const summary = await bench.crawl();
    expect(summary.failures).toEqual([]);
    expect(summary.ignored).toEqual([
      "LICENSE",
      "README.md",
      "_SUCCESS",
      "archive.tar.gz",
      "notes.txt",
      "photo.png",
    ]);
  });

  it("is passed over where it is hidden, installed or a link in a circle", async () => {
    const bench = new Bench({
      ...good,
      ".hidden.csv": "a\n1\n",
      ".percolate/x.csv": "a\n1\n",
      "node_modules/x/y.csv": "a\n1\n",
      "sub/people.csv": "a,b\n1,2\n",
    });
    symlinkSync(bench.folder, bench.path("sub/loop"));
    symlinkSync("/nowhere", bench.path("dangling.csv"));
    execFileSync("mkfifo", [bench.path("pipe.csv")]);
    const summary = await bench.crawl();
    expect(summary.created).toEqual(["main.good", "main.people"]);
    expect(summary.failures).toEqual([]);
  });

  it("does not keep a text file of consistent records from being read, whatever its name", async () => {
    const bench = new Bench({ "export.txt": "a;b\n1;2\n", "till.dat": "a|b\n1|2\n", plain: "a\tb\n1\t2\n" });
    await bench.crawl();
    expect(Object.keys(bench.schemas())).toEqual(["export", "plain", "till"]);
    expect(bench.because("export", "format")).toContain('its extension "txt" says nothing');
  });
});

describe("a crawl as a whole is refused", () => {
  it("for a path that does not exist", async () => {
    await expect(new Bench().crawl("nowhere")).rejects.toThrow(/nowhere" does not exist/);
  });

  it("for what is neither file nor folder", async () => {
    const bench = new Bench();
    execFileSync("mkfifo", [bench.path("pipe")]);
    await expect(bench.crawl("pipe")).rejects.toThrow(/neither a file nor a folder/);
  });

  it("for a database name that SQL would not take", async () => {
    const crawled = new Bench(good).crawl(".", { database: "my shop" });
    await expect(crawled).rejects.toThrow(UserError);
    await expect(crawled).rejects.toThrow(/"my shop" cannot be the name of a database/);
  });

  it("but not for an empty folder", async () => {
    const bench = new Bench();
    mkdirSync(join(bench.folder, "empty"));
    expect((await bench.crawl("empty")).created).toEqual([]);
  });
});
