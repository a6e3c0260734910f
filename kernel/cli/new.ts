import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import type { Command } from "commander";
import { prepareWorkspace, type Workspace } from "../catalog/workspace.ts";
import { type Notebook, toCell } from "../notebook/document/notebook.ts";
import { inputError, nearest } from "../notebook/errors.ts";
import { packageRoot } from "../package-root.ts";
import { findWorkspace } from "./find-workspace.ts";
import { helpBelow } from "./help.ts";
import { loadNotebook } from "./load-notebook.ts";
import { type Exit, exit } from "./outcome.ts";
import type { Terminal } from "./terminal.ts";
import { writeInto } from "./write-file.ts";

interface NewFlags {
  readonly template?: string;
  readonly workspace?: string;
  readonly json?: boolean;
}

export function addNew(program: Command, terminal: Terminal, done: (status: Exit) => void): void {
  program
    .command("new")
    .summary("make a notebook")
    .description("Makes a notebook in the workspace's notebooks/ folder and prints its path.")
    .argument("<name>", 'title of the notebook, for example "Sales by day"')
    .option("--template <name>", "copy a template of the workspace, or one that ships")
    .option("--workspace <folder>", "workspace that the notebook is made in")
    .option("--json", "print one JSON object on standard output, and nothing else there")
    .addHelpText(
      "after",
      helpBelow(['new "Sales by day"', 'new "Flights, a look" --template explore-table'], {
        0: "made",
        2: "wrong use, or the notebook exists; nothing was made",
      }),
    )
    .action(async (name: string, flags: NewFlags) => done(await makeNotebook(name, flags, terminal)));
}

async function makeNotebook(name: string, flags: NewFlags, terminal: Terminal): Promise<Exit> {
  const workspace = await findWorkspace(flags.workspace, process.cwd());
  const title = name.trim();
  const path = join(workspace.notebooks, `${fileName(title)}.html`);
  if (existsSync(path)) throw inputError(`${path} exists already`, "choose another name");
  const notebook = flags.template
    ? await fromTemplate(flags.template, title, workspace)
    : emptyNotebook(title);
  const { serializeNotebook } = await import("../notebook/document/file.ts");
  const text = serializeNotebook(notebook);
  writeInto(path, text);
  await trust(workspace, text);
  await terminal.out(flags.json ? JSON.stringify({ path, title }) : path);
  return exit.ok;
}

/** What its user made runs without being asked about. */
async function trust(workspace: Workspace, text: string): Promise<void> {
  const { Trust } = await import("../server/trust.ts");
  prepareWorkspace(workspace);
  const trusted = new Trust(workspace);
  trusted.trust(text);
  trusted.close();
}

/** "Sales by day" → "sales-by-day" */
export function fileName(title: string): string {
  const plain = title
    .normalize("NFKD")
    .replace(/\p{Mark}/gu, "")
    .replace(/\.html$/i, "");
  const words = plain.toLowerCase().match(/[\p{Letter}\p{Number}]+/gu);
  if (!words)
    throw inputError(`"${title}" has no letter or digit to name a file after`, "choose another name");
  return words.join("-").slice(0, 100);
}

function emptyNotebook(title: string): Notebook {
  return {
    title,
    cells: [toCell({ id: 1, mode: "md", source: `# ${title}` }), toCell({ id: 2, mode: "ts", source: "" })],
  };
}

async function fromTemplate(name: string, title: string, workspace: Workspace): Promise<Notebook> {
  const folders = [workspace.templates, join(packageRoot(), "templates")];
  const wanted = basename(name, ".html");
  const found = folders.map((folder) => join(folder, `${wanted}.html`)).find((path) => existsSync(path));
  if (!found) throw unknownTemplate(wanted, folders);
  return { ...(await loadNotebook(found)).notebook, title };
}

function unknownTemplate(name: string, folders: readonly string[]) {
  const files = folders.filter((folder) => existsSync(folder)).flatMap((folder) => readdirSync(folder));
  const names = [
    ...new Set(files.filter((file) => file.endsWith(".html")).map((file) => basename(file, ".html"))),
  ];
  const near = nearest(name, names);
  return inputError(
    `there is no template "${name}"`,
    near ? `did you mean "${near}"?` : `the templates are ${names.join(", ") || "none yet"}`,
  );
}
