import type { Answer, BridgeMessage, Encoded, HeldPart } from "../notebook/protocol.ts";

/** Makes a part that the kernel process holds back fetchable, and gives the URL. */
export type Hold = (part: HeldPart) => string;

/** A bridge message whose large parts are fetched apart, so that they do not hold up the messages behind it. */
export function lightenMessage(message: BridgeMessage, hold: Hold): BridgeMessage {
  return message.type === "value" ? { ...message, value: lighten(message.value, hold) } : message;
}

export function lightenAnswer(answer: Answer, hold: Hold): Answer {
  return "ok" in answer ? { ok: lighten(answer.ok, hold) } : answer;
}

function lighten(encoded: Encoded, hold: Hold): Encoded {
  const parts = encoded.parts.map((part) => ("held" in part ? { url: hold(part), bytes: part.bytes } : part));
  return { json: encoded.json, parts };
}
