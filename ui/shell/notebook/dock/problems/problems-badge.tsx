import { plural } from "../../../app/format.ts";
import { useProblems } from "./use-problems.ts";

const most = 99;

/** How many errors there are, or else warnings. */
export function ProblemsBadge() {
  const { errors, warnings } = useProblems();
  const count = errors || warnings;
  if (count === 0) return null;
  const severity = errors > 0 ? "error" : "warning";
  return (
    <span
      className="dock-badge"
      data-severity={severity}
      data-count={count > most ? `${most}+` : count}
      role="img"
      aria-label={plural(count, severity)}
    />
  );
}
