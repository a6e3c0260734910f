/** TypeScript's language server as a child process, spoken to over stdio; started anew when it dies. */
import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node.js";

/** A server that dies so often within `restMs` is not started again until something is asked after that time. */
const mostDeaths = 3;
const restMs = 60_000;

/** What the editor can do with answers. */
const capabilities = {
  textDocument: {
    completion: {
      contextSupport: true,
      completionItem: {
        documentationFormat: ["markdown"],
        labelDetailsSupport: true,
        resolveSupport: { properties: ["documentation", "detail", "additionalTextEdits"] },
      },
    },
    hover: { contentFormat: ["markdown"] },
    signatureHelp: {
      signatureInformation: {
        documentationFormat: ["markdown"],
        activeParameterSupport: true,
        parameterInformation: { labelOffsetSupport: true },
      },
    },
    diagnostic: { relatedDocumentSupport: false },
    rename: { prepareSupport: true },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix"] } } },
  },
};

/** One life of the server. */
interface Life {
  readonly child: ChildProcess;
  readonly connection: MessageConnection;
  /** Fulfilled once it may be asked. */
  readonly ready: Promise<void>;
}

export class LanguageServer {
  readonly #root: string;
  readonly #open = new Map<string, { readonly text: string; readonly version: number }>();
  #life: Life | null = null;
  #deaths: number[] = [];
  #closed = false;

  /** @param root folder whose tsconfig.json rules the files */
  constructor(root: string) {
    this.#root = root;
  }

  /** Of the process that runs now, if any does. */
  get pid(): number | undefined {
    return this.#life?.child.pid;
  }

  /** Makes a file be this text, on top of whatever is on disk. Absolute path. */
  write(path: string, text: string): void {
    const before = this.#open.get(path);
    if (before?.text === text) return;
    const version = (before?.version ?? 0) + 1;
    this.#open.set(path, { text, version });
    if (!this.#life) return;
    if (before) this.#tell("textDocument/didChange", changeOf(path, text, version));
    else this.#tell("textDocument/didOpen", openingOf(path, text, version));
  }

  /** The file is no more, or what is on disk counts again. */
  remove(path: string): void {
    if (this.#open.delete(path)) this.#tell("textDocument/didClose", { textDocument: documentOf(path) });
  }

  /**
   * Asks about a file.
   * @returns null where there is nothing to say, and where the server cannot be asked: it died, or does not start
   */
  async ask<T>(method: string, params: object): Promise<T | null> {
    const life = this.#start();
    if (!life) return null;
    try {
      await life.ready;
      return (await life.connection.sendRequest<T | null>(method, params)) ?? null;
    } catch {
      // A request that the server cannot answer, or did not live to answer, must not disturb who types.
      return null;
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    const life = this.#life;
    this.#life = null;
    if (!life) return;
    life.connection.dispose();
    if (life.child.exitCode !== null || life.child.signalCode !== null) return;
    const ended = new Promise((resolve) => life.child.once("exit", resolve));
    life.child.kill("SIGKILL");
    await ended;
  }

  #tell(method: string, params: object): void {
    const life = this.#life;
    if (life) void life.ready.then(() => life.connection.sendNotification(method, params)).catch(noop);
  }

  #start(): Life | null {
    if (this.#life || this.#closed) return this.#life;
    const now = performance.now();
    this.#deaths = this.#deaths.filter((died) => now - died < restMs);
    if (this.#deaths.length >= mostDeaths) return null;
    const child = spawn(executable(), ["--lsp", "--stdio"], {
      cwd: this.#root,
      stdio: ["pipe", "pipe", "ignore"],
    });
    const connection = createMessageConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    const ended = () => this.#ended(child);
    child.once("exit", ended);
    child.once("error", ended);
    child.stdin.on("error", noop);
    connection.onRequest("workspace/configuration", ({ items }: { items: unknown[] }) =>
      items.map(() => null),
    );
    connection.onRequest("client/registerCapability", () => null);
    connection.onError(noop);
    connection.listen();
    const ready = this.#initialize(connection);
    ready.catch(noop);
    this.#life = { child, connection, ready };
    return this.#life;
  }

  async #initialize(connection: MessageConnection): Promise<void> {
    const rootUri = uriOf(this.#root);
    await connection.sendRequest("initialize", { processId: process.pid, rootUri, capabilities });
    await connection.sendNotification("initialized", {});
    for (const [path, { text, version }] of this.#open)
      await connection.sendNotification("textDocument/didOpen", openingOf(path, text, version));
  }

  #ended(child: ChildProcess): void {
    if (this.#life?.child !== child) return;
    this.#life.connection.dispose();
    this.#life = null;
    this.#deaths.push(performance.now());
  }
}

export function uriOf(path: string): string {
  return pathToFileURL(path).href;
}

const documentOf = (path: string) => ({ uri: uriOf(path) });

function openingOf(path: string, text: string, version: number) {
  return { textDocument: { uri: uriOf(path), languageId: "typescript", version, text } };
}

function changeOf(path: string, text: string, version: number) {
  return { textDocument: { uri: uriOf(path), version }, contentChanges: [{ text }] };
}

/** The native compiler of the `typescript` package, without the launcher in front of it. */
function executable(): string {
  const typescript = createRequire(import.meta.url).resolve("typescript/package.json");
  const platform = `@typescript/typescript-${process.platform}-${process.arch}/package.json`;
  const folder = dirname(createRequire(typescript).resolve(platform));
  return join(folder, "lib", process.platform === "win32" ? "tsc.exe" : "tsc");
}

function noop(): void {}
