import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { type Context, Hono } from "hono";
import type { Door } from "./door.ts";
import { failed, failureResponse, refusalPage } from "./failures.ts";
import { claimsOf, type Policy, type Refusal, refusal } from "./guard.ts";
import { policyHeaders } from "./headers.ts";

export type RequestContext = Context<{ Bindings: HttpBindings }>;

/** One door of the server. Every one says who may pass; there is no other way to add one. */
export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "DELETE" | "ALL";
  readonly path: string;
  readonly policy: Policy;
  handle(context: RequestContext): Response | Promise<Response>;
}

/** A route for who has entered. */
export function forSession(method: Route["method"], path: string, handle: Route["handle"]): Route {
  return { method, path, policy: "session", handle };
}

/** The application of a route table: each request passes its route's guard, and each answer gets its headers. */
export function application(routes: readonly Route[], door: Door): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  for (const route of [...routes, nothingThere]) {
    const serve = (context: RequestContext) => guarded(route, context, door);
    if (route.method === "ALL") app.all(route.path, serve);
    else app.on(route.method, route.path, serve);
  }
  return app;
}

/** Last of all: what no route knows is refused or not found, and says nothing to strangers. */
const nothingThere: Route = {
  method: "ALL",
  path: "*",
  policy: "session",
  handle: (context) =>
    failed(404, { kind: "input", message: `${context.req.method} ${context.req.path} is not known here` }),
};

async function guarded(route: Route, context: RequestContext, door: Door): Promise<Response> {
  const { req } = context;
  const refused = refusal(
    route.policy,
    claimsOf(req.method, (name) => req.header(name)),
    door,
  );
  const response = refused ? refuse(req.path, refused) : await answer(route, context);
  if (response === RESPONSE_ALREADY_SENT) return response;
  for (const [name, value] of Object.entries(policyHeaders(refused ? "public" : route.policy)))
    if (!response.headers.has(name)) response.headers.set(name, value);
  return response;
}

async function answer(route: Route, context: RequestContext): Promise<Response> {
  try {
    return await route.handle(context);
  } catch (thrown) {
    return failureResponse(thrown);
  }
}

function refuse(path: string, refused: Refusal): Response {
  const forPrograms = path.startsWith("/api/");
  return (forPrograms ? failed : refusalPage)(refused.status, refused.failure);
}
