import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** Who may come in: the port that requests must name, the start's token, and the cookie made from it. */
export interface Door {
  readonly port: number;
  /** 256 random bits, base64url: opens a session once. */
  readonly token: string;
  /** Cookies are shared by all ports of a host, so the name holds the port. */
  readonly cookieName: string;
  readonly cookieValue: string;
}

/** An unguessable text of 256 bits that may stand in a URL. */
export function randomSecret(): string {
  return randomBytes(32).toString("base64url");
}

export function makeDoor(port: number, token: string = randomSecret()): Door {
  const cookieValue = createHmac("sha256", token).update("percolate session").digest("base64url");
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
