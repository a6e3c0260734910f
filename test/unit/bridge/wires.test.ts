/** Values over the real wires: Node's IPC as between server and kernel, a WebSocket as between server and page. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { decode, encode } from "../../../kernel/notebook/bridge/codec.ts";
import { packFrame, unpackFrame } from "../../../kernel/notebook/bridge/frame.ts";
import type { Encoded } from "../../../kernel/notebook/protocol.ts";
import { randomValue, seeded } from "./random-value.ts";

const count = 400;
const values = Array.from({ length: count }, (_, seed) => randomValue(seeded(seed + 5000), 4));

test("values arrive over Node's IPC as they were, in order", async () => {
  const folder = mkdtempSync(join(tmpdir(), "percolate-wire-"));
  const script = join(folder, "echo.mjs");
  writeFileSync(script, 'process.on("message", (message) => process.send(message));');
  const child = fork(script, { serialization: "advanced" });
  onTestFinished(() => {
    child.kill();
    rmSync(folder, { recursive: true });
  });
  const arrived: unknown[] = [];
  const all = new Promise<void>((resolve) => {
    child.on("message", (message) => {
      arrived.push(decode(message as Encoded));
      if (arrived.length === count) resolve();
    });
  });
  for (const value of values) child.send(encode(value) as never);
  await all;
  for (const [seed, value] of values.entries()) expect([seed, arrived[seed]]).toStrictEqual([seed, value]);
});

test("values arrive over a WebSocket as they were, in order", async () => {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  server.on("connection", (socket) => socket.on("message", (data, binary) => socket.send(data, { binary })));
  await once(server, "listening");
  const socket = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  onTestFinished(() => {
    socket.terminate();
    server.close();
  });
  await once(socket, "open");
  const arrived: unknown[] = [];
  const all = new Promise<void>((resolve) => {
    socket.on("message", (data: Buffer, binary) => {
      const { value } = unpackFrame(binary ? new Uint8Array(data) : data.toString()) as { value: Encoded };
      arrived.push(decode(value));
      if (arrived.length === count) resolve();
    });
  });
  for (const value of values) socket.send(packFrame({ value: encode(value) }));
  await all;
  for (const [seed, value] of values.entries()) expect([seed, arrived[seed]]).toStrictEqual([seed, value]);
});
