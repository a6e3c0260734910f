import type { Answer, BridgeMessage, Encoded } from "../notebook/protocol.ts";

const largest = 256 * 1024;

/** Puts bytes where they can be fetched, and gives the URL. */
export type Hold = (bytes: Uint8Array) => string;

/** A bridge message whose large parts are fetched apart, so that they do not hold up the messages behind it. */
export function lightenMessage(message: BridgeMessage, hold: Hold): BridgeMessage {
  return message.type === "value" ? { ...message, value: lighten(message.value, hold) } : message;
}

export function lightenAnswer(answer: Answer, hold: Hold): Answer {
  return "ok" in answer ? { ok: lighten(answer.ok, hold) } : answer;
}

function lighten(encoded: Encoded, hold: Hold): Encoded {
  const parts = encoded.parts.map((part) =>
    part instanceof Uint8Array && part.byteLength > largest
      ? { url: hold(part), bytes: part.byteLength }
      : part,
  );
  return { json: encoded.json, parts };
}
