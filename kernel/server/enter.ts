import { type Door, sameSecret, sessionCookie } from "./door.ts";
import { refusalPage } from "./failures.ts";
import type { RequestContext } from "./route.ts";

/** GET /open?token=…&next=/path: gives this browser its session and shows the page. */
export function enter(context: RequestContext, door: Door): Response {
  const { token = "", next = "/" } = context.req.query();
  if (!sameSecret(token, door.token)) return wrongToken();
  const target = localPath(next);
  const headers = { "set-cookie": sessionCookie(door), "cache-control": "no-store" };
  // A browser that was sent here by another site keeps a Strict cookie back through redirects; a new navigation
  // that starts from our own page carries it.
  if (context.req.header("sec-fetch-site") !== "cross-site")
    return new Response(null, { status: 303, headers: { ...headers, location: target } });
  return new Response(null, { headers: { ...headers, refresh: `0; url=${target}` } });
}

/** `next` if it is a path on this server, else "/". */
export function localPath(next: string): string {
  const here = "http://here";
  if (!next.startsWith("/") || !URL.canParse(next, here)) return "/";
  const url = new URL(next, here);
  return url.origin === here ? `${url.pathname}${url.search}${url.hash}` : "/";
}

function wrongToken(): Response {
  const remedy = "open the URL that was printed in the terminal when percolate started";
  return refusalPage(401, { kind: "input", message: "the token is not the one of this start", remedy });
}
