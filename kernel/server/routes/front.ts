import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Assets } from "../assets.ts";
import type { Capabilities } from "../capabilities.ts";
import type { Door } from "../door.ts";
import { enter } from "../enter.ts";
import { notFound } from "../failures.ts";
import { faviconResponse } from "../favicon.ts";
import { policyHeaders } from "../headers.ts";
import { type Pages, sandboxFile, shellPage } from "../pages.ts";
import type { RequestContext, Route } from "../route.ts";
import { fileResponse } from "../send-file.ts";

/** Paths at which the shell shows one of its pages; it routes among them itself. */
const shellPaths = ["/", "/:page"];

/** The way in, the pages, and their assets. */
export function frontRoutes(door: Door, pages: Pages, assets: Assets): Route[] {
  return [
    { method: "GET", path: "/open", policy: "public", handle: (context) => enter(context, door) },
    { method: "GET", path: "/favicon.ico", policy: "public", handle: faviconResponse },
    { method: "GET", path: "/favicon.svg", policy: "public", handle: faviconResponse },
    ...shellPaths.map(
      (path): Route => ({
        method: "GET",
        path,
        policy: "session",
        handle: (context) => shellPage(pages, context, door.port),
      }),
    ),
    {
      method: "GET",
      path: "/assets/*",
      policy: "session",
      handle: (context) => shellAsset(assets, context),
    },
  ];
}

async function shellAsset(assets: Assets, context: RequestContext): Promise<Response> {
  const name = context.req.path.slice(1);
  const response = await assets.response(name, context.req.header("accept-encoding"));
  if (!response) throw notFound(`asset "${name}"`);
  return response;
}

/** What the sandbox may fetch: its own files, large buffers, and files of notebooks. */
export function capabilityRoutes(
  door: Door,
  assets: Assets,
  cap: string,
  capabilities: Capabilities,
): Route[] {
  const prefix = `/sandbox/${cap}/`;
  return [
    {
      method: "GET",
      path: `${prefix}*`,
      policy: "capability",
      handle: ({ req }) =>
        sandboxFile(assets, req.path.slice(prefix.length), req.header("accept-encoding"), door.port),
    },
    {
      method: "GET",
      path: "/cap/:secret",
      policy: "capability",
      handle: (context) => heldBuffer(capabilities, context),
    },
    {
      method: "GET",
      path: "/file/:secret/:name",
      policy: "capability",
      handle: (context) => sharedFile(capabilities, context),
    },
  ];
}

/**
 * The kernel process that has the buffer answers by itself, over the connection that this request came by. Node's
 * parser must have done with the request before the connection is taken from it.
 */
async function heldBuffer(capabilities: Capabilities, { req, env }: RequestContext): Promise<Response> {
  await new Promise<void>((resolve) => setImmediate(resolve));
  const part = capabilities.take(req.param("secret") ?? "");
  if (part?.serve(responseHead(part.bytes), env.incoming.socket)) return RESPONSE_ALREADY_SENT;
  throw notFound("this buffer", "run the cell again; large values are kept until the cell gives the next");
}

function responseHead(bytes: number): string {
  const headers = {
    ...policyHeaders("capability"),
    "content-type": "application/octet-stream",
    "content-length": String(bytes),
    "cache-control": "no-store",
    connection: "close",
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return `HTTP/1.1 200 OK\r\n${lines.join("\r\n")}\r\n\r\n`;
}

async function sharedFile(capabilities: Capabilities, { req }: RequestContext): Promise<Response> {
  const path = capabilities.file(req.param("secret") ?? "");
  const response = path === undefined ? null : await fileResponse(path, req.header("range"));
  if (!response) throw notFound(`file "${req.param("name")}"`);
  return response;
}
