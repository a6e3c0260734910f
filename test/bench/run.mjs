// npm run bench            lists the benchmarks
// npm run bench -- NAME    bundles test/bench/NAME.ts for Node and prints its rows
import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "vite";

const folder = import.meta.dirname;
const out = resolve(folder, "../../node_modules/.cache/bench");
const names = readdirSync(folder)
  .filter((file) => file.endsWith(".ts") && !["row.ts", "figures.ts"].includes(file))
  .map((file) => file.slice(0, -3));

async function run(name) {
  await build({
    configFile: false,
    logLevel: "error",
    build: {
      ssr: resolve(folder, `${name}.ts`),
      outDir: out,
      emptyOutDir: false,
      target: "node20",
      rolldownOptions: { output: { entryFileNames: `${name}.mjs` } },
    },
  });
  const { bench } = await import(pathToFileURL(resolve(out, `${name}.mjs`)).href);
  console.table(await bench());
}

const asked = process.argv.slice(2);
if (asked.length === 0)
  console.log(`Benchmarks: ${names.join(", ")}. Run one with: npm run bench -- NAME (or "all")`);
for (const name of asked[0] === "all" ? names : asked) {
  if (!names.includes(name)) throw new Error(`no benchmark "${name}"; there are: ${names.join(", ")}`);
  console.log(name);
  await run(name);
}
process.exit(0);
