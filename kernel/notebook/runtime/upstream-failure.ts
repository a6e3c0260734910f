import type { Failure } from "../errors.ts";

/** Characters of the cause's message that its dependants repeat. */
const repeated = 200;

/** Why `name` has no value for the cells that use it: `cell`, which defines it, failed. The first cause is told. */
export function upstreamFailure(name: string, cell: number, cause: Failure): Failure {
  if (cause.kind === "upstream") return cause;
  const others = (cause.cells ?? []).filter((id) => id !== cell);
  return {
    kind: "upstream",
    message: `${name} is not available${because(cell, cause)}`,
    ...(cause.remedy ? { remedy: cause.remedy } : {}),
    cells: [cell, ...others],
    ...(cause.names ? { names: cause.names } : {}),
  };
}

/** Some messages name the cells themselves. */
function because(cell: number, { kind, message }: Failure): string {
  const [first = ""] = message.split("\n", 1);
  const short = first.length > repeated ? `${first.slice(0, repeated)}…` : first;
  if (kind === "duplicate" || kind === "cycle" || kind === "stopped") return `: ${short}`;
  return `, because cell ${cell} failed: ${short}`;
}
