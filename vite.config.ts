import { resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const at = (path: string) => resolve(import.meta.dirname, path);

/** What stays outside the Node bundle: native addons, and the bundlers. */
const external = [/^@duckdb\//, "better-sqlite3", "rolldown", "vite", "ws"];

/**
 * Chunks in which nothing is ours bear the name of the package that has most of their modules, so that stacks tell of
 * the library (kernel/notebook/compiler/libraries.ts).
 */
const chunkNames =
  (folder: string) =>
  ({ moduleIds }: { readonly moduleIds: readonly string[] }): string => {
    const packages = moduleIds.filter((id) => !id.startsWith("\0")).map(packageOf);
    const count = (name: string) => packages.filter((each) => each === name).length;
    const [first = ""] = [...packages].sort((a, b) => count(b) - count(a));
    const name = packages.includes("") ? "" : first;
    return `${folder}/${name === "" ? "[name]" : `npm.${name.replace("/", "_")}`}-[hash].js`;
  };

/** "" for our own modules; d3 is many packages. */
function packageOf(module: string): string {
  const name = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(module)?.[1] ?? "";
  return name.startsWith("d3-") ? "d3" : name;
}

/** `vite build --app` makes both halves: dist/ui for browsers, dist/kernel for Node. */
export default defineConfig({
  root: at("ui"),
  base: "./",
  plugins: [react()],
  builder: {},
  environments: {
    client: {
      build: {
        outDir: at("dist/ui"),
        emptyOutDir: true,
        target: "es2022",
        rolldownOptions: {
          input: { shell: at("ui/shell/index.html"), sandbox: at("ui/sandbox/index.html") },
          output: { chunkFileNames: chunkNames("assets") },
        },
      },
    },
    kernel: {
      consumer: "server",
      resolve: {
        noExternal: true,
        external: ["better-sqlite3", "rolldown", "vite", "ws", "@duckdb/node-api"],
      },
      build: {
        outDir: at("dist/kernel"),
        emptyOutDir: true,
        ssr: true,
        target: "node20",
        minify: false,
        sourcemap: true,
        rolldownOptions: {
          input: {
            cli: at("kernel/cli.ts"),
            main: at("kernel/main.ts"),
            process: at("kernel/session/process.ts"),
            watchdog: at("kernel/session/watchdog.ts"),
          },
          external,
          output: { entryFileNames: "[name].js", chunkFileNames: chunkNames("chunks") },
        },
      },
    },
  },
});
