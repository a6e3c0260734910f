import type { Server } from "node:http";
import { join } from "node:path";
import { getRequestListener } from "@hono/node-server";
import { prepareWorkspace, type Workspace } from "../catalog/workspace.ts";
import { ModuleGraphs } from "../modules/graphs.ts";
import { socketPath } from "../notebook/api.ts";
import { packageRoot } from "../package-root.ts";
import { Assets } from "./assets.ts";
import { Capabilities } from "./capabilities.ts";
import { Crawls } from "./crawls.ts";
import { DocumentStore } from "./documents.ts";
import { type Door, makeDoor, randomSecret } from "./door.ts";
import { Hub, type KernelOptions } from "./hub.ts";
import { listen } from "./listen.ts";
import { PageModules } from "./page-modules.ts";
import { builtPages, type Pages } from "./pages.ts";
import { application, type Route } from "./route.ts";
import { dataRoutes } from "./routes/data.ts";
import { fileRoutes } from "./routes/files.ts";
import { capabilityRoutes, frontRoutes } from "./routes/front.ts";
import { moduleRoutes } from "./routes/modules.ts";
import { notebookRoutes } from "./routes/notebooks.ts";
import { sessionRoute } from "./routes/session.ts";
import { snippetRoutes } from "./routes/snippets.ts";
import { Services } from "./services.ts";
import { serveShell } from "./shell-socket.ts";
import { trustShipped } from "./shipped-trust.ts";
import { acceptSockets, type SocketRoute } from "./sockets.ts";
import { sessionKey } from "./user-key.ts";
import { WorkspaceFiles } from "./workspace-files.ts";

export interface ServerOptions {
  readonly workspace: Workspace;
  /** Left out: 4321, or the next port that is free. 0: any. */
  readonly port?: number;
  /** Serve the pages from their sources, with hot update. */
  readonly dev?: boolean;
  /** Left out: 256 random bits. */
  readonly token?: string;
  /** Left out: no process is kept ready, and the usual limits. */
  readonly kernels?: KernelOptions;
  /** Folder of Percolate itself: the built pages and the kernel's program lie in its dist/. */
  readonly root?: string;
}

export interface RunningServer {
  /** With the token: opens a session. */
  readonly url: string;
  readonly port: number;
  readonly token: string;
  /** Every door, with its policy. */
  readonly routes: readonly (Route | SocketRoute)[];
  /** Ends everything that the server started. */
  close(): Promise<void>;
}

/**
 * Starts the server on 127.0.0.1.
 * @throws UserError when the asked port is in use.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  prepareWorkspace(options.workspace);
  const { server, port } = await listen(options.port);
  const door = makeDoor(port, options.workspace.root, sessionKey(), options.token);
  const parts = makeParts(options, door);
  const dev = options.dev ? await openDev(options, parts) : null;
  const pages = dev ?? builtPages(parts.assets, parts.cap);
  const routes = [...(dev?.routes ?? []), ...allRoutes(parts, pages)];
  const sockets = [...(dev?.sockets ?? []), shellSocket(parts.hub)];
  server.on("request", getRequestListener(application(routes, door).fetch));
  const closeSockets = acceptSockets(server, sockets, door);
  return {
    url: `http://127.0.0.1:${port}/open?token=${door.token}`,
    port,
    token: door.token,
    routes: [...routes, ...sockets],
    async close() {
      closeSockets();
      await Promise.all([dev?.close(), closeParts(parts), closeHttp(server)]);
    },
  };
}

type Parts = ReturnType<typeof makeParts>;

function makeParts(options: ServerOptions, door: Door) {
  const { workspace, root = packageRoot(), kernels = {} } = options;
  const services = new Services(workspace);
  const documents = new DocumentStore(workspace);
  trustShipped(documents.trust, packageRoot());
  const capabilities = new Capabilities();
  const graphs = new ModuleGraphs(workspace.root);
  const modules = new PageModules(graphs, workspace);
  const kernelScript = join(root, "dist/kernel/process.js");
  const hub = new Hub({
    workspace,
    services,
    documents,
    capabilities,
    graphs,
    modules,
    port: door.port,
    kernelScript,
    kernels,
  });
  const crawls = new Crawls(services, () => hub.catalogChanged());
  const assets = new Assets(join(root, "dist/ui"));
  return { root, door, services, documents, capabilities, modules, hub, crawls, assets, cap: randomSecret() };
}

function allRoutes(parts: Parts, pages: Pages): Route[] {
  const { door, services, documents, capabilities, modules, hub, crawls, assets, cap, root } = parts;
  return [
    ...frontRoutes(door, pages, assets),
    ...capabilityRoutes(door, assets, cap, capabilities),
    ...moduleRoutes(modules),
    sessionRoute(pages, door.port),
    ...dataRoutes(services, crawls),
    ...snippetRoutes(services),
    ...fileRoutes({ services, hub, files: new WorkspaceFiles(services.workspace, documents) }),
    ...notebookRoutes({ services, documents, hub, cliScript: join(root, "dist/kernel/cli.js") }),
  ];
}

function shellSocket(hub: Hub): SocketRoute {
  return {
    method: "WS",
    path: socketPath,
    policy: "session",
    accept: (socket, host) => serveShell(socket, host, hub),
  };
}

async function openDev(options: ServerOptions, parts: Parts) {
  const { devPages } = await import("./dev.ts");
  return devPages(options.root ?? packageRoot(), parts.cap, parts.door.port);
}

/** Kernels first: what they show last is still kept. */
async function closeParts({ hub, crawls, documents, services, capabilities }: Parts): Promise<void> {
  await Promise.all([hub.close(), crawls.close()]);
  await documents.close();
  await services.close();
  capabilities.close();
}

async function closeHttp(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
