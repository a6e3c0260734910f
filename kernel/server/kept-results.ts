import { encode } from "../notebook/bridge/codec.ts";
import type { Cell } from "../notebook/document/notebook.ts";
import type { Answer, CellRequest } from "../notebook/protocol.ts";
import type { OpenDocument } from "./documents.ts";

export type KeptRequest = Extract<CellRequest, { type: "recall" | "remember" }>;

export function isKeptRequest(request: CellRequest): request is KeptRequest {
  return request.type === "recall" || request.type === "remember";
}

/** Answers a browser cell that runs once. @param cell as it runs there */
export function answerKept(document: OpenDocument, cell: Cell | undefined, request: KeptRequest): Answer {
  if (request.type === "remember") {
    const result = { at: Date.now(), result: request.result };
    return { ok: encode(cell !== undefined && document.remember(cell, request.inputs, result)) };
  }
  const kept = cell ? document.recall(cell, request.inputs) : null;
  if (!kept) return { ok: encode(null) };
  const { json, parts } = kept.result;
  return { ok: { json: { at: kept.at, result: json }, parts } };
}
