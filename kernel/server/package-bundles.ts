/**
 * npm packages for browsers. Every module must be there once, whoever imports it: so a package with one way in is bundled
 * and imports other packages as modules of their own; one with several is left in its files (package-file.ts); of
 * CommonJS, which only works bundled, each way in is a bundle.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { Plugin } from "rolldown";
import { isCommonJs } from "../modules/common-js.ts";
import { resolveModule, type Scope, type Target } from "../modules/resolve.ts";
import { isNodeModule } from "../modules/specifier.ts";
import { nameInside, stamp } from "../modules/workspace-file.ts";
import { inputError, toFailure, UserError } from "../notebook/errors.ts";
import { hasOneEntry, isNameOf, packageFile, packageFolder } from "./package-file.ts";
import { pageStyle } from "./page-style.ts";
import { placeholderOf, targetsIn } from "./placeholders.ts";

export interface PackageBundle {
  /** An ES module; other packages are imported as `percolate:` and their target. */
  readonly code: string;
  /** Whether the default export is all of a CommonJS module. */
  readonly common: boolean;
  readonly targets: readonly Target[];
}

/** Counts the ways in which bundles have been made: those of another way are not taken from the disk. */
const edition = 2;

export class PackageBundles {
  readonly #scope: Scope;
  readonly #folder: string;
  readonly #bundles = new Map<string, Promise<PackageBundle>>();

  /** @param folder where bundles are kept between starts */
  constructor(scope: Scope, folder: string) {
    this.#scope = scope;
    this.#folder = folder;
  }

  /** @throws UserError when the package cannot be bundled, or lacks another one. */
  get(file: string): Promise<PackageBundle> {
    const key = createHash("sha256")
      .update(
        JSON.stringify([
          edition,
          nameInside(this.#scope.root, file),
          stamp(file),
          stamp(join(packageFolder(file), "package.json")),
        ]),
      )
      .digest("hex");
    const known = this.#bundles.get(key);
    if (known) return known;
    const making = this.#make(file, key);
    this.#bundles.set(key, making);
    making.catch(() => this.#bundles.delete(key));
    return making;
  }

  /** The package and all that it imports. */
  async all(file: string, seen = new Set<string>()): Promise<void> {
    if (seen.has(file)) return;
    seen.add(file);
    const { targets } = await this.get(file);
    await Promise.all(
      targets.map((target) => (target.kind === "package" ? this.all(target.file, seen) : undefined)),
    );
  }

  async #make(file: string, key: string): Promise<PackageBundle> {
    const kept = join(this.#folder, `${key}.js`);
    const common = isCommonJs(file);
    const code = read(kept) ?? (await this.#code(file, common));
    keep(kept, code);
    return { code, common, targets: targetsIn(code) };
  }

  async #code(file: string, common: boolean): Promise<string> {
    const alone = common || hasOneEntry(packageFolder(file));
    return alone ? await bundle(file, this.#scope) : packageFile(file, this.#scope);
  }
}

async function bundle(file: string, scope: Scope): Promise<string> {
  const { rolldown } = await import("rolldown");
  try {
    const made = await rolldown({
      input: file,
      platform: "browser",
      treeshake: false,
      logLevel: "silent",
      resolve: { conditionNames: ["browser", "import", "module", "production", "default"] },
      transform: { define: { "process.env.NODE_ENV": '"production"', global: "globalThis" } },
      plugins: [otherPackages(scope), forPages],
    });
    const { output } = await made.generate({ format: "es", codeSplitting: false });
    await made.close();
    return output[0].code;
  } catch (error) {
    throw cannotBundle(nameInside(scope.root, file), error);
  }
}

/** Leaves imports of other packages to the page. */
function otherPackages(scope: Scope): Plugin {
  return {
    name: "other packages",
    async resolveId(source, importer, { kind }) {
      if (!importer || /^[./#\0]/.test(source) || /^(data|https?):/.test(source)) return null;
      const own = await this.resolve(source, importer, { kind, skipSelf: true }).catch(() => null);
      // A name that the package maps to a file of its own, as `browser` in package.json does.
      const folder = packageFolder(importer);
      if (own && packageFolder(own.id) === folder && !isNameOf(source, folder)) return own;
      if (isNodeModule(source) && !own) return { id: `\0node:${source}` };
      const target = targetOf(source, importer, kind === "require-call", scope);
      return target && { id: placeholderOf(target), external: true };
    },
  };
}

/** A package that is not there: its loss is an error for `import`; `require` may be in a `try`. */
function targetOf(source: string, importer: string, required: boolean, scope: Scope): Target | null {
  try {
    return resolveModule(source, null, importer, { ...scope, required });
  } catch (error) {
    if (required) return null;
    throw error;
  }
}

/** Node's modules are empty in the page, styles go into it. */
const forPages: Plugin = {
  name: "for pages",
  load(id) {
    if (id.startsWith("\0node:")) return { code: "module.exports = {};", moduleType: "js" };
    if (!id.endsWith(".css")) return null;
    return { code: pageStyle(readFileSync(id, "utf8"), id), moduleType: "js" };
  },
};

function cannotBundle(name: string, error: unknown): UserError {
  const message = stripVTControlCharacters(toFailure(error).message);
  const plain = message.split("\n").map((line) => line.trim());
  const said = plain
    .filter((line) => line !== "" && !/^(Error: )?Build failed/.test(line))
    .slice(0, 3)
    .join(" ");
  return inputError(
    `${name} cannot be bundled for the page: ${error instanceof UserError ? message : said}`,
    "use it in a cell that runs on the kernel, or another version of it",
  );
}

function read(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

/** Where nothing can be written, bundles are made anew with each start. */
function keep(path: string, code: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(path, code, { flag: "wx" });
  } catch {
    // It is there already, or cannot be.
  }
}
