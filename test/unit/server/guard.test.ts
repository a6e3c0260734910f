import { expect, test } from "vitest";
import { makeDoor, sessionCookie } from "../../../kernel/server/door.ts";
import { type Claims, type Policy, refusal } from "../../../kernel/server/guard.ts";

const key = Buffer.alloc(32, 7);
const door = makeDoor(4321, "/home/me/work", key);
const cookie = sessionCookie(door).split(";")[0];

function status(policy: Policy, claims: Partial<Claims> = {}): number {
  const full: Claims = {
    method: "GET",
    host: "127.0.0.1:4321",
    origin: undefined,
    cookie,
    site: undefined,
    mode: undefined,
    upgrade: false,
    ...claims,
  };
  return refusal(policy, full, door)?.status ?? 200;
}

test("a session is the same at the next start, for this user, workspace and port alone", () => {
  expect(makeDoor(4321, "/home/me/work", key).cookieValue).toBe(door.cookieValue);
  expect(makeDoor(4321, "/home/me/work", key).token).not.toBe(door.token);
  const others = [
    makeDoor(4322, "/home/me/work", key),
    makeDoor(4321, "/home/me/other", key),
    makeDoor(4321, "/home/me/work", Buffer.alloc(32, 8)),
  ];
  for (const other of others) expect(other.cookieValue).not.toBe(door.cookieValue);
});

test("a session route wants the cookie of this port", () => {
  expect(status("session")).toBe(200);
  expect(status("session", { cookie: undefined })).toBe(401);
  expect(status("session", { cookie: `other=1; ${cookie}` })).toBe(200);
  expect(status("session", { cookie: "percolate_4321=wrong" })).toBe(401);
  expect(status("session", { cookie: cookie?.replace("4321", "4322") })).toBe(401);
});

test("a host that is not ours is refused under every policy", () => {
  for (const policy of ["public", "session", "capability"] as const)
    for (const host of ["evil.example", "evil.example:4321", "127.0.0.1", "localhost:4322", undefined])
      expect(status(policy, { host }), `${policy} ${host}`).toBe(403);
});

test("all loopback names of our port are ours", () => {
  for (const host of ["127.0.0.1:4321", "localhost:4321", "[::1]:4321"])
    expect(status("session", { host, origin: `http://${host}` })).toBe(200);
});

test("a page of another origin is refused, also of the other loopback name and of another port", () => {
  for (const origin of ["http://evil.example", "http://localhost:4321", "http://127.0.0.1:5173", "null"])
    expect(status("session", { origin }), origin).toBe(403);
});

test("what changes something must name its origin", () => {
  for (const method of ["POST", "PUT", "DELETE"]) {
    expect(status("session", { method })).toBe(403);
    expect(status("session", { method, origin: "http://127.0.0.1:4321" })).toBe(200);
  }
  expect(status("session", { upgrade: true })).toBe(403);
});

test("an image or script request from another port of this host is refused, a link from there is not", () => {
  expect(status("session", { site: "same-site", mode: "no-cors" })).toBe(403);
  expect(status("session", { site: "same-site", mode: "navigate" })).toBe(200);
  expect(status("session", { site: "same-origin", mode: "cors" })).toBe(200);
});

test("a capability is open to the opaque origin and to ours, not to others", () => {
  expect(status("capability", { cookie: undefined, origin: "null" })).toBe(200);
  expect(status("capability", { cookie: undefined, origin: "http://localhost:4321" })).toBe(200);
  expect(status("capability", { cookie: undefined, origin: "http://evil.example" })).toBe(403);
});
