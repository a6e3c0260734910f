import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "vite";

const root = resolve(import.meta.dirname, "../../..");
const at = (path: string) => join(root, path);

const sources = {
  process: "kernel/session/process.ts",
  watchdog: "kernel/session/watchdog.ts",
  cli: "kernel/cli.ts",
  main: "kernel/main.ts",
} as const;

/**
 * Builds the programs that the server forks, from the sources as they are now, into a folder of its own: the `root`
 * for `startServer`. Call `remove` in the end.
 */
export async function buildKernel(
  ...programs: (keyof typeof sources)[]
): Promise<{ root: string; remove: () => void }> {
  const made = mkdtempSync(at("node_modules/.cache-kernel-"));
  await build({
    configFile: false,
    logLevel: "error",
    root,
    ssr: { noExternal: true, external: ["better-sqlite3", "vite", "ws", "@duckdb/node-api"] },
    build: {
      ssr: true,
      outDir: join(made, "dist/kernel"),
      target: "node20",
      minify: false,
      rolldownOptions: {
        input: Object.fromEntries(programs.map((name) => [name, at(sources[name])])),
        external: [/^@duckdb\//, "better-sqlite3", "vite", "ws"],
        output: { entryFileNames: "[name].js", chunkFileNames: "chunks/[name]-[hash].js" },
      },
    },
  });
  symlinkSync(at("package.json"), join(made, "package.json"));
  return { root: made, remove: () => rmSync(made, { recursive: true, force: true }) };
}
