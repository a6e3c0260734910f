import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** Who may come in: the port that requests must name, the start's token, and the cookie that it is changed for. */
export interface Door {
  readonly port: number;
  /** 256 random bits, base64url: opens a session. */
  readonly token: string;
  /** Cookies are shared by all ports of a host, so the name holds the port. */
  readonly cookieName: string;
  readonly cookieValue: string;
}

/** An unguessable text of 256 bits that may stand in a URL. */
export function randomSecret(): string {
  return randomBytes(32).toString("base64url");
}

/**
 * The door of a start. The token is new each time; the session is the same for the same user, workspace and port, so
 * that a tab whose server was started anew needs no new token.
 * @param key the user's own, never the workspace's: who made the workspace may have kept a copy of what was in it
 */
export function makeDoor(port: number, workspace: string, key: Buffer, token: string = randomSecret()): Door {
  const about = JSON.stringify(["percolate session", workspace, port]);
  const cookieValue = createHmac("sha256", key).update(about).digest("base64url");
  return { port, token, cookieName: `percolate_${port}`, cookieValue };
}

/** Compares two secrets in a time that tells nothing about them. */
export function sameSecret(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

export function sessionCookie(door: Door): string {
  return `${door.cookieName}=${door.cookieValue}; Path=/; HttpOnly; SameSite=Strict`;
}

/** Whether a Cookie header holds this door's session. */
export function holdsSession(door: Door, header: string | undefined): boolean {
  const prefix = `${door.cookieName}=`;
  return (header ?? "")
    .split(";")
    .map((part) => part.trim())
    .some((part) => part.startsWith(prefix) && sameSecret(part.slice(prefix.length), door.cookieValue));
}
