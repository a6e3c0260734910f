/** The JavaScript of a local module, with every import at its address. */
import type { Address, ModuleImport } from "../notebook/compiler/module.ts";
import type { Linked } from "./graph.ts";
import type { Target } from "./resolve.ts";

/** Symbols of the global object under which modules find what only their surroundings know. */
export interface Hooks {
  /** The function that imports: (specifier, options, name of the importing file). */
  readonly load: string;
  /** The function that gives a package of Percolate's own, by the name that cells know it by. */
  readonly own: string;
}

export interface Addresses {
  readonly hooks: Hooks;
  readonly of: (target: Target, imported: ModuleImport) => Address;
  /** `import.meta` of a module. */
  readonly meta: (module: Linked) => Readonly<Record<string, string>>;
  /** The text of a style sheet as code. */
  readonly style: (text: string, name: string) => string;
}

/** What is put in stands behind the author's text, or in the place of module names: lines stay as they are. */
export function moduleText(linked: Linked, addresses: Addresses): string {
  const { module, targets } = linked;
  const { compiled, text, as, name } = module;
  if (as === "json") return `export default JSON.parse(${JSON.stringify(text)});`;
  if (as === "text") return `export default ${JSON.stringify(text)};`;
  if (as === "style" || !compiled) return addresses.style(text, name);
  const code = compiled.link((imported) => addresses.of(targets.get(imported) as Target, imported));
  const { importName } = compiled;
  const helper = importName
    ? `\nimport ${importName} from ${JSON.stringify(importFunction(addresses.hooks, name, addresses.meta(linked)))};`
    : "";
  return `${code}${helper}\n//# sourceURL=${encodeURI(name)}`;
}

/** A package of Percolate's own as a module that exports the names that are asked for. */
export function ownModule({ own }: Hooks, name: string, names: readonly string[]): string {
  const load = `await globalThis[Symbol.for("${own}")](${JSON.stringify(name)})`;
  return facade(`const whole = ${load};`, names);
}

/** A CommonJS module, whose exports are the default of `url`, as one that exports the names that are asked for. */
export function commonModule(url: string, names: readonly string[]): string {
  return facade(`import whole from ${JSON.stringify(url)};`, names);
}

/** Each name as `export {v0 as "name"}`, so that any name will do. The whole is the default, as in Node. */
function facade(head: string, names: readonly string[]): string {
  const wanted = names.filter((name) => name !== "default");
  const missing = "(name) => { throw new SyntaxError(`the module has no export ${name}`); }";
  const take = `const take = (name) => (name in whole ? whole[name] : (${missing})(name));`;
  const values = wanted.map((name, index) => `const v${index} = take(${JSON.stringify(name)});`);
  const exports = wanted.map((name, index) => `v${index} as ${JSON.stringify(name)}`);
  const whole =
    'const base = whole && whole.default !== undefined && whole[Symbol.toStringTag] === "Module" ? whole.default : whole;';
  return asUrl(
    [head, take, ...values, whole, `export {${["base as default", ...exports].join(", ")}};`].join("\n"),
  );
}

function importFunction(hooks: Hooks, file: string, meta: Readonly<Record<string, string>>): string {
  const load = `const load = (name, options) => globalThis[Symbol.for("${hooks.load}")](name, options, ${JSON.stringify(file)});`;
  const own = `load.meta = {...${JSON.stringify(meta)}, resolve: (name) => new URL(name, ${JSON.stringify(meta.url)}).href};`;
  return asUrl(`${load}\n${own}\nexport default load;`);
}

function asUrl(code: string): string {
  return `data:text/javascript;charset=utf-8,${encodeURIComponent(code)}`;
}
