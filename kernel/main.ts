/** `node dist/kernel/main.js [FOLDER] [--port N] [--no-open] [--dev]`: opens a workspace and serves its pages. */
import { mkdirSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { type Workspace, workspaceAt } from "./catalog/workspace.ts";
import { outcomeOf } from "./cli/outcome.ts";
import { prepareExamples } from "./cli/workspace.ts";
import { inputError } from "./notebook/errors.ts";
import { type RunOptions, runServer } from "./server/run-server.ts";

interface Asked extends RunOptions {
  readonly folder?: string;
}

async function main(): Promise<void> {
  const { folder, ...options } = readArguments(process.argv.slice(2));
  await runServer(folder === undefined ? await prepareExamples() : folderWorkspace(folder), options);
}

function readArguments(args: string[]): Asked {
  const { values, positionals } = parse(args);
  if (positionals.length > 1)
    throw inputError(`two folders were named: ${positionals.join(", ")}`, "name one");
  const [folder] = positionals;
  return {
    open: !values["no-open"],
    dev: values.dev === true,
    ...(folder === undefined ? {} : { folder }),
    ...(values.port === undefined ? {} : { port: portNumber(values.port) }),
  };
}

function parse(args: string[]) {
  const options = {
    port: { type: "string" },
    "no-open": { type: "boolean" },
    dev: { type: "boolean" },
  } as const;
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw inputError((error as Error).message, "write: npm start -- [FOLDER] [--port N] [--no-open]");
  }
}

function portNumber(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port < 65536) return port;
  throw inputError(`--port ${text} is not a port`, "a port is a whole number from 0 to 65535");
}

/** @throws UserError when the path is a file or cannot be made. */
function folderWorkspace(folder: string): Workspace {
  const root = resolve(folder);
  const found = statSync(root, { throwIfNoEntry: false });
  if (found && !found.isDirectory()) throw inputError(`${folder} is a file`, "name a folder");
  try {
    mkdirSync(root, { recursive: true });
  } catch (error) {
    throw inputError(`folder ${folder} cannot be made: ${(error as Error).message}`, "name another folder");
  }
  return workspaceAt(root);
}

main().then(
  () => process.exit(0),
  (thrown: unknown) => {
    const { text, status } = outcomeOf(thrown);
    console.error(text);
    process.exit(status);
  },
);
