import { createServer as createHttpServer, type IncomingMessage, type Server } from "node:http";
import type { Duplex } from "node:stream";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { ViteDevServer } from "vite";
import { sandboxPolicy } from "./headers.ts";
import type { Pages } from "./pages.ts";
import type { RequestContext, Route } from "./route.ts";
import type { SocketRoute } from "./sockets.ts";

/** The pages straight from their sources, with hot update. Only for developing Percolate itself. */
export interface DevPages extends Pages {
  readonly routes: readonly Route[];
  readonly sockets: readonly SocketRoute[];
  close(): Promise<void>;
}

/** Everything of vite lies below one unguessable path, so that the sandbox's opaque origin may load it too. */
export async function devPages(root: string, cap: string, port: number): Promise<DevPages> {
  const base = `/dev/${cap}/`;
  const upgrades = createHttpServer();
  const vite = await startVite(root, base, upgrades);
  return {
    dev: true,
    sandbox: `${base}sandbox/index.html`,
    shell: async (path) => (await shellHtml(vite, root, path)).replaceAll('src="./', `src="${base}shell/`),
    routes: [{ method: "ALL", path: `${base}*`, policy: "capability", handle: (c) => pass(vite, c, port) }],
    sockets: [{ method: "WS", path: base, policy: "capability", accept() {}, takeOver: handOver(upgrades) }],
    close: () => vite.close(),
  };
}

async function startVite(root: string, base: string, upgrades: Server): Promise<ViteDevServer> {
  const { createServer } = await import("vite");
  return createServer({
    configFile: `${root}/vite.config.ts`,
    base,
    appType: "mpa",
    server: { middlewareMode: true, hmr: { server: upgrades }, cors: false },
  });
}

async function shellHtml(vite: ViteDevServer, root: string, path: string): Promise<string> {
  const { readFile } = await import("node:fs/promises");
  const source = await readFile(`${root}/ui/shell/index.html`, "utf8");
  return vite.transformIndexHtml("/shell/index.html", source, path);
}

/** The guard has decided by now; vite answers on the bare Node objects. */
function pass(vite: ViteDevServer, context: RequestContext, port: number): Promise<Response> {
  const { incoming, outgoing } = context.env;
  outgoing.setHeader("access-control-allow-origin", "*");
  outgoing.setHeader("cross-origin-resource-policy", "cross-origin");
  if (context.req.path.endsWith("/sandbox/index.html"))
    outgoing.setHeader("content-security-policy", sandboxPolicy(port));
  return new Promise((resolve) => {
    outgoing.once("close", () => resolve(RESPONSE_ALREADY_SENT));
    vite.middlewares(incoming, outgoing, () => resolve(new Response("not found", { status: 404 })));
  });
}

function handOver(upgrades: Server) {
  return (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    upgrades.emit("upgrade", request, socket, head);
  };
}
