import { resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const at = (path: string) => resolve(import.meta.dirname, path);

/** What stays outside the Node bundle: native addons, and vite itself. */
const external = [/^@duckdb\//, "better-sqlite3", "vite", "ws"];

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
        },
      },
    },
    kernel: {
      consumer: "server",
      resolve: { noExternal: true, external: ["better-sqlite3", "vite", "ws", "@duckdb/node-api"] },
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
          output: { entryFileNames: "[name].js", chunkFileNames: "chunks/[name]-[hash].js" },
        },
      },
    },
  },
});
