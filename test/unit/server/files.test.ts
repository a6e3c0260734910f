import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { Assets } from "../../../kernel/server/assets.ts";
import { Capabilities } from "../../../kernel/server/capabilities.ts";
import { listFolder } from "../../../kernel/server/folders.ts";
import { answerFile } from "../../../kernel/server/notebook-file.ts";
import { fileResponse, parseRange } from "../../../kernel/server/send-file.ts";
import { safeName, saveUpload } from "../../../kernel/server/upload.ts";

const folder = mkdtempSync(join(tmpdir(), "percolate-files-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const make = (name: string) => {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  return path;
};
const streamOf = (text: string) => new Blob([text]).stream();

describe("a dropped file", () => {
  test("never lands on one that is there", async () => {
    const data = make("data");
    for (const text of ["one", "two", "three"]) await saveUpload(data, "sales.csv.gz", streamOf(text));
    expect(readdirSync(data).sort()).toEqual(["sales-2.csv.gz", "sales-3.csv.gz", "sales.csv.gz"]);
    expect(readFileSync(join(data, "sales-3.csv.gz"), "utf8")).toBe("three");
  });

  test("two of one name at once both stay whole", async () => {
    const data = make("race");
    const texts = Array.from({ length: 8 }, (_, index) => `file ${index}`);
    const paths = await Promise.all(texts.map((text) => saveUpload(data, "a.csv", streamOf(text))));
    expect(new Set(paths).size).toBe(8);
    expect(paths.map((path) => readFileSync(path, "utf8"))).toEqual(texts);
  });

  test("leaves nothing when it breaks off", async () => {
    const data = make("broken");
    const body = new ReadableStream({
      pull(controller) {
        controller.enqueue(new Uint8Array(1000));
        controller.error(new DOMException("gone", "AbortError"));
      },
    });
    await expect(saveUpload(data, "a.csv", body)).rejects.toThrow("broken off");
    expect(readdirSync(data)).toEqual([]);
  });

  test("keeps the folders that it lay in", async () => {
    const data = make("folders");
    const path = await saveUpload(data, "sales/year=2024/month=01/part.csv", streamOf("a"));
    expect(path).toBe(join(data, "sales/year=2024/month=01/part.csv"));
    expect(readFileSync(path, "utf8")).toBe("a");
  });

  test.each([
    ["../../etc/passwd", "etc/passwd"],
    ["/etc/passwd", "etc/passwd"],
    ["..\\..\\x.csv", "x.csv"],
    ["a/./../b//c.csv", "a/b/c.csv"],
    ["a/.git/hooks/x", "a/git/hooks/x"],
    ["C:\\x\\y.csv", "C_/x/y.csv"],
    ["a/b\u0000/c.csv", "a/b_/c.csv"],
    ["///", "upload"],
  ])("named %j stays in the folder, at %s", async (name, path) => {
    const data = mkdtempSync(join(folder, "inside-"));
    expect(await saveUpload(data, name, streamOf("x"))).toBe(join(data, path));
  });

  test("follows no link out of the folder, and no file that stands where a folder should", async () => {
    const data = make("links");
    symlinkSync(folder, join(data, "out"));
    writeFileSync(join(data, "file"), "");
    await expect(saveUpload(data, "out/x.csv", streamOf("x"))).rejects.toThrow("leads out of");
    await expect(saveUpload(data, "file/x.csv", streamOf("x"))).rejects.toThrow("is a file");
    await expect(saveUpload(data, "file/y/x.csv", streamOf("x"))).rejects.toThrow("is a file");
    await expect(saveUpload(data, "a/".repeat(40), streamOf("x"))).rejects.toThrow("too many folders");
    expect(readdirSync(data).sort()).toEqual(["file", "out"]);
  });

  test("that is there already with the same bytes is not doubled", async () => {
    const data = make("again");
    const drop = () => saveUpload(data, "s/part.csv", streamOf("rows"));
    expect(await drop()).toBe(await drop());
    expect(readdirSync(join(data, "s"))).toEqual(["part.csv"]);
  });

  test("gets a name that is one", () => {
    expect(safeName("../../etc/passwd")).toBe("passwd");
    expect(safeName("..\\..\\x.csv")).toBe("x.csv");
    expect(safeName(".ssh")).toBe("ssh");
    expect(safeName("a\u0000b:c.csv")).toBe("a_b_c.csv");
    expect(safeName("...")).toBe("upload");
    expect(safeName(`${"é".repeat(500)}.csv`).length).toBeLessThanOrEqual(100);
  });
});

describe("ranges", () => {
  test.each([
    ["bytes=0-3", { start: 0, end: 3 }],
    ["bytes=8-", { start: 8, end: 9 }],
    ["bytes=-4", { start: 6, end: 9 }],
    ["bytes=-40", { start: 0, end: 9 }],
    ["bytes=5-99", { start: 5, end: 9 }],
    ["bytes=10-", "unsatisfiable"],
    ["bytes=5-4", "unsatisfiable"],
    ["bytes=-", null],
    ["bytes=0-1,3-4", null],
    [undefined, null],
  ])("%s of ten bytes", (header, expected) => {
    expect(parseRange(header, 10)).toEqual(expected);
  });

  test("give the part that was asked for", async () => {
    const path = join(make("ranges"), "a.csv");
    writeFileSync(path, "0123456789");
    const part = await fileResponse(path, "bytes=2-4");
    expect(part?.status).toBe(206);
    expect(part?.headers.get("content-range")).toBe("bytes 2-4/10");
    expect(await part?.text()).toBe("234");
    expect((await fileResponse(path, "bytes=20-"))?.status).toBe(416);
    expect(await (await fileResponse(path, undefined))?.text()).toBe("0123456789");
    expect(await fileResponse(`${path}x`, undefined)).toBeNull();
  });
});

describe("a file that a cell names", () => {
  const root = make("workspace");
  mkdirSync(join(root, "notebooks"));
  writeFileSync(join(root, "notebooks", "near.csv"), "a\n1\n");
  writeFileSync(join(folder, "secret.txt"), "secret");
  symlinkSync(join(folder, "secret.txt"), join(root, "notebooks", "link.txt"));
  const ask = (name: string) =>
    answerFile(root, join(root, "notebooks", "n.html"), name, (path) => `/x${path}`);

  test("is looked for beside the notebook", async () => {
    expect(await ask("near.csv")).toMatchObject({ ok: { json: { name: "near.csv", bytes: 4 } } });
  });

  test.each([
    ["../../secret.txt", "outside"],
    ["link.txt", "outside"],
    ["/etc/passwd", "outside"],
    ["far.csv", "not found"],
    ["../notebooks", "folder"],
  ])("%s is refused", async (name, reason) => {
    expect(await ask(name)).toMatchObject({ failure: { message: expect.stringContaining(reason) } });
  });
});

describe("folders", () => {
  test("list folders and data files, and say where they are", () => {
    const home = make("home");
    make("home/sub");
    make("home/.hidden");
    writeFileSync(join(home, "a.csv.gz"), "123");
    writeFileSync(join(home, "b.exe"), "");
    expect(listFolder(home)).toEqual({
      path: home,
      parent: folder,
      folders: ["sub"],
      files: [{ name: "a.csv.gz", bytes: 3 }],
    });
  });

  test("that are none get an error with a remedy", () => {
    expect(() => listFolder(join(folder, "none"))).toThrow("not found");
    writeFileSync(join(folder, "file"), "");
    expect(() => listFolder(join(folder, "file"))).toThrow("is a file");
  });
});

describe("capabilities", () => {
  test("give a buffer once, and forget it", () => {
    const capabilities = new Capabilities();
    const part = { bytes: 5, serve: () => true };
    const secret = capabilities.hold(part).slice("/cap/".length);
    expect(capabilities.take(`${secret}x`)).toBeUndefined();
    expect(capabilities.take(secret)).toBe(part);
    expect(capabilities.take(secret)).toBeUndefined();
  });

  test("give one file the same path each time, and only by its secret", () => {
    const capabilities = new Capabilities();
    const path = capabilities.share("/data/a b.csv");
    expect(path).toMatch(/^\/file\/[\w-]{43}\/a%20b\.csv$/);
    expect(capabilities.share("/data/a b.csv")).toBe(path);
    expect(capabilities.file("guess")).toBeUndefined();
    expect(capabilities.file(path.split("/")[2] ?? "")).toBe("/data/a b.csv");
  });
});

test("assets are compressed as the browser asks, and stay inside their folder", async () => {
  const root = make("ui");
  make("ui/assets");
  writeFileSync(join(root, "assets", "main-abc.js"), "let a = 1;".repeat(1000));
  const assets = new Assets(root);
  const plain = await assets.response("assets/main-abc.js");
  expect(plain?.headers.get("cache-control")).toContain("immutable");
  expect((await plain?.arrayBuffer())?.byteLength).toBe(10_000);
  const small = await assets.response("assets/main-abc.js", "gzip, deflate, br");
  expect(small?.headers.get("content-encoding")).toBe("br");
  expect((await small?.arrayBuffer())?.byteLength).toBeLessThan(1000);
  expect(await assets.response("../secret.txt")).toBeNull();
});
