import type { Failure } from "../notebook/errors.ts";
import { type Door, holdsSession } from "./door.ts";
import { ownHosts, ownOrigins } from "./hosts.ts";

/**
 * `public`: no secret needed. `session`: the cookie. `capability`: the path itself is the secret; open to the
 * sandbox's opaque origin, and blind to cookies.
 */
export type Policy = "public" | "session" | "capability";

/** What a request says of itself and of the page that sent it. */
export interface Claims {
  readonly method: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly cookie: string | undefined;
  /** Sec-Fetch-Site and Sec-Fetch-Mode: told by browsers, not by other programs. */
  readonly site: string | undefined;
  readonly mode: string | undefined;
  readonly upgrade: boolean;
}

export interface Refusal {
  readonly status: 401 | 403;
  readonly failure: Failure;
}

/** Reads the claims from wherever a request keeps its headers. */
export function claimsOf(method: string, header: (name: string) => string | undefined): Claims {
  return {
    method,
    host: header("host"),
    origin: header("origin"),
    cookie: header("cookie"),
    site: header("sec-fetch-site"),
    mode: header("sec-fetch-mode"),
    upgrade: header("upgrade")?.toLowerCase() === "websocket",
  };
}

/** Why a request may not pass under a policy, or null. */
export function refusal(policy: Policy, claims: Claims, door: Door): Refusal | null {
  if (!ownHosts(door.port).includes(claims.host ?? "")) return foreignHost(claims.host, door);
  if (!originAllowed(policy, claims, door)) return foreignOrigin(claims.origin);
  if (policy === "session" && !holdsSession(door, claims.cookie)) return noSession();
  return null;
}

function originAllowed(policy: Policy, claims: Claims, door: Door): boolean {
  if (policy === "capability") return isOwnOrOpaque(claims.origin, door);
  if (claims.origin === undefined) return isPlainRead(claims);
  return claims.origin === `http://${claims.host}`;
}

function isOwnOrOpaque(origin: string | undefined, door: Door): boolean {
  return origin === undefined || origin === "null" || ownOrigins(door.port).includes(origin);
}

/**
 * A request without Origin: a navigation, or a read by our own page. A page on another port of this host counts as
 * the same site and would send the cookie along with an image or script request: Sec-Fetch-Site tells it apart.
 */
function isPlainRead(claims: Claims): boolean {
  if (claims.upgrade || (claims.method !== "GET" && claims.method !== "HEAD")) return false;
  const ownPage = claims.site === undefined || claims.site === "none" || claims.site === "same-origin";
  return ownPage || claims.mode === "navigate";
}

function foreignHost(host: string | undefined, door: Door): Refusal {
  return refuse(
    403,
    `the host "${host ?? ""}" is not this server`,
    `open http://127.0.0.1:${door.port}/ instead`,
  );
}

function foreignOrigin(origin: string | undefined): Refusal {
  const who = origin === undefined ? "a page that does not name its origin" : `a page from "${origin}"`;
  return refuse(403, `${who} may not use this server`, "use the page that this server shows");
}

function noSession(): Refusal {
  return refuse(401, "this browser has no session", "open the URL that was printed in the terminal");
}

function refuse(status: 401 | 403, message: string, remedy: string): Refusal {
  return { status, failure: { kind: "input", message, remedy } };
}
