// Makes a checkout ready to run: plain JavaScript on Node alone, since nothing is installed yet when it starts.
//   node kernel/setup.mjs              dependencies, build
//   node kernel/setup.mjs --chromium   and a browser for the tests
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const root = resolve(import.meta.dirname, "..");
const at = (...names) => join(root, ...names);

/** Installs what package-lock.json names, and builds dist/, unless both are as they should be. */
export function setUp() {
  checkNode();
  installDependencies();
  build();
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(
    `Percolate needs Node 20.19 or newer; this is ${process.version}. Install a newer one from https://nodejs.org`,
  );
}

function installDependencies() {
  const stamp = at("node_modules", ".percolate");
  const wanted = hashOf([at("package.json"), at("package-lock.json")]) + process.versions.modules;
  if (read(stamp) === wanted) return;
  say("installing dependencies (a minute or two, the first time)");
  // Not `npm ci`: it refuses a lock file without the builds for other platforms, which a mirror may not have.
  run("npm", ["install", "--no-save", "--no-fund", "--no-audit", "--loglevel=error"]);
  linkCommand();
  writeFileSync(stamp, wanted);
}

/** `npx percolate` finds the command of this checkout at once. */
function linkCommand() {
  if (process.platform === "win32") return;
  const link = at("node_modules", ".bin", "percolate");
  rmSync(link, { force: true });
  symlinkSync("../../kernel/percolate.mjs", link);
}

function build() {
  const stamp = at("dist", ".stamp");
  const sources = [at("vite.config.ts"), at("package-lock.json"), ...files(at("kernel")), ...files(at("ui"))];
  const wanted = hashOf(sources);
  if (read(stamp) === wanted) return;
  say("building");
  run(process.execPath, [
    at("node_modules", "vite", "bin", "vite.js"),
    "build",
    "--app",
    "--logLevel",
    "error",
    "--config",
    at("vite.config.ts"),
  ]);
  mkdirSync(at("dist"), { recursive: true });
  writeFileSync(stamp, wanted);
}

/** The browser of the tests: CHROME if set, an installed one, else Debian's package. @returns its path */
export function findChromium() {
  const candidates = [
    process.env.CHROME,
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
  ];
  return candidates.find((path) => path && existsSync(path));
}

function installChromium() {
  if (findChromium()) return;
  if (!existsSync("/usr/bin/apt-get"))
    fail("the tests need Chromium: install it, and set CHROME to its path");
  say("installing Chromium for the tests");
  const sudo = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  const apt = (...args) => {
    const [command, ...rest] = [...sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", ...args];
    run(command, rest);
  };
  apt("update");
  apt("install", "-y", "--no-install-recommends", "chromium", "fonts-dejavu-core");
}

function files(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function hashOf(paths) {
  const hash = createHash("sha256");
  for (const path of paths)
    if (existsSync(path)) hash.update(path.slice(root.length)).update(readFileSync(path));
  return hash.digest("hex");
}

function read(path) {
  return existsSync(path) ? readFileSync(path, "utf8") : null;
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32" && command === "npm",
  });
  if (error) fail(`${command} could not be run: ${error.message}`);
  if (status !== 0) fail(`${[command, ...args].join(" ")} failed; what it says stands above`);
}

function say(text) {
  process.stderr.write(`percolate: ${text} …\n`);
}

function fail(text) {
  process.stderr.write(`percolate: ${text}\n`);
  process.exit(1);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  setUp();
  if (process.argv.includes("--chromium")) installChromium();
}
