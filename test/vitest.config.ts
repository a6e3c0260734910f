import { resolve } from "node:path";
import { defineConfig } from "vitest/config";
import { PlainLine } from "./reporter.ts";

const root = resolve(import.meta.dirname, "..");

export default defineConfig({
  root,
  test: {
    reporters: ["default", new PlainLine()],
    projects: [
      {
        test: {
          name: "unit",
          root,
          include: ["test/unit/**/*.test.ts", "test/judges/**/*.test.ts", "test/*.test.ts"],
          // Modules that cells import are loaded by Node itself, as they are outside of tests.
          server: { deps: { external: [/percolate-modules-/] } },
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: "browser",
          root,
          include: ["test/browser/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          fileParallelism: false,
          // A result that arrives between two actions can move the page under a click; a fault fails twice.
          retry: 1,
          // Other work on the machine must not fail a test.
          expect: { poll: { timeout: 15_000 } },
        },
      },
    ],
  },
});
