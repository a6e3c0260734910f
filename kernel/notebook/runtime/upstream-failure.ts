import type { Failure } from "../errors.ts";

/** What the users of a name are told when the cell that defines it failed. */
export function upstreamFailure(name: string, cell: number, cause: Failure): Failure {
  return {
    kind: "upstream",
    message: `${name} is not available, because cell ${cell} failed: ${cause.message}`,
    ...(cause.remedy ? { remedy: cause.remedy } : {}),
    cells: [cell],
  };
}
