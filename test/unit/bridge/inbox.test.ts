import { expect, test } from "vitest";
import { encode } from "../../../kernel/notebook/bridge/codec.ts";
import { Inbox } from "../../../kernel/notebook/bridge/inbox.ts";
import type { BridgeMessage } from "../../../kernel/notebook/protocol.ts";

function value(name: string, version: number, url?: string): BridgeMessage {
  const encoded = url ? { json: ["\u0001", "buffer", 0], parts: [{ url, bytes: 4 }] } : encode(version);
  return { type: "value", name, version, basis: {}, program: 1, value: encoded };
}

test("messages keep their order when the parts of one must be fetched", async () => {
  const got: BridgeMessage[] = [];
  let arrive: (bytes: Uint8Array) => void = () => {};
  const inbox = new Inbox(
    () => new Promise((resolve) => (arrive = resolve)),
    (message) => got.push(message),
  );
  inbox.receive(value("a", 1));
  inbox.receive(value("b", 2, "/cap/x"));
  inbox.receive({ type: "pending", versions: { a: 2 } });
  expect(got.length).toBe(1);
  arrive(new Uint8Array([1, 2, 3, 4]));
  await expect.poll(() => got.length).toBe(3);
  expect(got.map(({ type }) => type)).toEqual(["value", "value", "pending"]);
  inbox.receive(value("c", 1));
  expect(got.length).toBe(4);
});

test("a part that cannot be fetched makes the value a failure, and the rest goes on", async () => {
  const got: BridgeMessage[] = [];
  const inbox = new Inbox(
    () => Promise.reject(new Error("the server answered 404")),
    (message) => got.push(message),
  );
  inbox.receive(value("b", 2, "/cap/x"));
  inbox.receive(value("a", 1));
  await expect.poll(() => got.length).toBe(2);
  expect(got[0]).toMatchObject({ type: "failed", name: "b", version: 2, failure: { kind: "transfer" } });
  expect(got[1]).toMatchObject({ type: "value", name: "a" });
});
