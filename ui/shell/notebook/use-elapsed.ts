import { useEffect, useState } from "react";
import type { CellState } from "./cell-states.ts";

/** Milliseconds that a cell has been running, told each second once it has run for one; null otherwise. */
export function useElapsed({ status, since }: CellState): number | null {
  const [elapsed, setElapsed] = useState<number | null>(null);
  useEffect(() => {
    setElapsed(null);
    if (status !== "running") return undefined;
    const tick = () => setElapsed(Math.round((performance.now() - since) / 1000) * 1000);
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [status, since]);
  return status === "running" ? elapsed : null;
}
