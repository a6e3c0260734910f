import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { build } from "rolldown";
import { expect, it } from "vitest";
import { parseNotebook } from "../../../kernel/notebook/document/file.ts";
import { coffee, TestWorkspace } from "./documents-workspace.ts";

const disk = join(import.meta.dirname, "../../../kernel/server/documents-disk.ts");

/** A process that saves one notebook after the other, as fast as it can, and says when it began. */
async function endlessSaver(test: TestWorkspace): Promise<ChildProcess> {
  const script = test.path("saver.mjs");
  const source = `
    import { replaceText } from ${JSON.stringify(disk)};
    const [file, text] = process.argv.slice(2);
    for (let n = 0; ; n++) {
      await replaceText(file, text.replace("1 + 1", String(n).repeat(20_000)));
      if (n === 3) console.log("saving");
    }`;
  test.write("saver.ts", source);
  await build({
    input: test.path("saver.ts"),
    platform: "node",
    output: { file: script },
    logLevel: "silent",
  });
  const child = spawn(process.execPath, [script, test.path("notebooks/coffee.html"), coffee]);
  if (child.stdout) await once(child.stdout, "data");
  return child;
}

it("a process killed while it saves leaves a whole notebook behind", async () => {
  const test = new TestWorkspace();
  for (let times = 0; times < 5; times++) {
    const child = await endlessSaver(test);
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(parseNotebook(test.read("notebooks/coffee.html")).cells[1]?.source).toMatch(/^(\d+)\1+$|^1 \+ 1$/);
  }
  const entries = await test.store().list("notebooks");
  expect(entries.map((entry) => entry.path)).toEqual(["notebooks/coffee.html"]);
  expect(readdirSync(test.workspace.notebooks).filter((name) => !name.startsWith("."))).toEqual([
    "coffee.html",
  ]);
});
