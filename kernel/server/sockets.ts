import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { Door } from "./door.ts";
import { claimsOf, type Policy, refusal } from "./guard.ts";

/** A door for WebSockets. `host` is the Host header that the client came in through. */
export interface SocketRoute {
  readonly method: "WS";
  readonly path: string;
  readonly policy: Policy;
  accept(socket: WebSocket, host: string): void;
  /** Takes over the upgrade itself, guarded all the same. */
  takeOver?(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

const maxMessage = 512 * 1024 * 1024;

/** Lets WebSockets in through the route table alone: no route, no upgrade. Gives what closes them all. */
export function acceptSockets(server: Server, routes: readonly SocketRoute[], door: Door): () => void {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessage });
  server.on("upgrade", (request, socket, head) => {
    socket.on("error", () => socket.destroy());
    const header = (name: string) => headerOf(request, name);
    const route = routes.find(({ path }) => path === pathOf(request));
    const refused = refusal(route?.policy ?? "session", claimsOf("GET", header), door);
    if (refused) return refuse(socket, refused.status);
    if (!route) return refuse(socket, 404);
    if (route.takeOver) return route.takeOver(request, socket, head);
    sockets.handleUpgrade(request, socket, head, (accepted) => route.accept(accepted, header("host") ?? ""));
  });
  return () => {
    for (const socket of sockets.clients) socket.terminate();
    sockets.close();
  };
}

function headerOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(", ") : value;
}

function pathOf(request: IncomingMessage): string {
  const { url = "" } = request;
  return url.split("?", 1)[0] ?? "";
}

const reasons: Readonly<Record<number, string>> = { 401: "Unauthorized", 403: "Forbidden", 404: "Not Found" };

function refuse(socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${status} ${reasons[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
