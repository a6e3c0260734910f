import { expect } from "vitest";
import type { Failure } from "../kernel/notebook/errors.ts";
import { type ErrorCase, runnable } from "./error-corpus.ts";

/** Expects that a failure says what the corpus says, where it says. */
export function expectTold(failure: Failure | undefined, each: ErrorCase): void {
  const { place } = runnable(each);
  expect(failure?.message).toMatch(each.says);
  const told = each.vague === "column" ? `${failure?.line}` : `${failure?.line}:${failure?.column}`;
  const meant = each.vague === "column" ? place.split(":")[0] : place;
  if (each.vague !== "place") expect(told).toBe(each.nowhere ? "undefined:undefined" : meant);
  if (each.remedy) expect(failure?.remedy).toMatch(each.remedy);
  if (each.stack) expect(failure?.stack?.split("\n").map((line) => line.trim())).toEqual(each.stack);
  for (const [index, cause] of (each.causes ?? []).entries())
    expect(failure?.causes?.[index]?.message).toMatch(cause);
  expect(JSON.stringify(failure).length).toBeLessThan(20_000);
}
