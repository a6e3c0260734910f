import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Packages of every make, as npm would install them. */
export const packages: Readonly<Record<string, string>> = {
  "node_modules/esm-only/package.json": JSON.stringify({
    name: "esm-only",
    version: "1.0.0",
    type: "module",
    exports: { ".": { import: "./index.js" }, "./parts/*": "./parts/*.js", "./hidden": null },
  }),
  "node_modules/esm-only/index.js":
    'import {count} from "counter"; export const made = "esm"; export {count};',
  "node_modules/esm-only/parts/a.js": "export default 'part a'",
  "node_modules/cjs-only/package.json": JSON.stringify({ name: "cjs-only", version: "2.0.0", main: "lib" }),
  "node_modules/cjs-only/lib/index.js":
    'const {count} = require("counter"); module.exports = build(); function build() { return {made: "cjs", count, ["na" + "med"]: 7}; }',
  "node_modules/counter/package.json": JSON.stringify({
    name: "counter",
    version: "1.0.0",
    main: "index.js",
  }),
  "node_modules/counter/index.js": "let n = 0; exports.count = () => ++n;",
  "node_modules/two-ways/package.json": JSON.stringify({
    name: "two-ways",
    version: "1.0.0",
    exports: { browser: "./page.mjs", node: "./node.mjs" },
  }),
  "node_modules/two-ways/page.mjs": "export const where = 'page'",
  "node_modules/two-ways/node.mjs": "export const where = 'node'",
  "node_modules/many/package.json": JSON.stringify({
    name: "many",
    version: "1.0.0",
    type: "module",
    exports: { ".": "./index.js", "./sub": "./sub.js" },
  }),
  "node_modules/many/index.js":
    'import facts from "./facts.json" with {type: "json"}; export {state} from "./state.js"; export const size = facts.size;',
  "node_modules/many/state.js": "export const state = {env: process.env.NODE_ENV};",
  "node_modules/many/sub.js":
    'import {state} from "many"; import {state as near} from "./state.js"; import {count} from "counter"; export const same = state === near && typeof count === "function"; export const later = () => import("./state.js").then((m) => m.state === state);',
  "node_modules/many/facts.json": '{"size": 3}',
  "node_modules/styled/package.json": JSON.stringify({ name: "styled", version: "1.0.0", main: "index.js" }),
  "node_modules/styled/index.js": "module.exports = 'styled'",
  "node_modules/styled/style.css": ".a { color: rgb(1, 2, 3) }",
};

/** A workspace of these files (text by path). */
export function makeWorkspace(files: Readonly<Record<string, string>>) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "percolate-imports-")));
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  for (const [path, text] of Object.entries({ "notebooks/.keep": "", ...files })) write(path, text);
  return {
    folder,
    write,
    link: (target: string, path: string) => symlinkSync(target, join(folder, path)),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
