import { useEffect } from "react";
import { durationText } from "../app/format.ts";
import { toast } from "../app/toasts.tsx";
import { longRuns, notify } from "../settings/notifications.ts";
import type { Workbench } from "./context.ts";
import { type EndedRun, endedRuns } from "./long-runs.ts";
import { titleMark } from "./page-title.ts";
import { sectionOf } from "./section-of.ts";
import { showCell } from "./show-cell.ts";

/** Tells when a run ends that took long, and that nobody looks at. */
export function useLongRuns({ session }: Workbench): void {
  useEffect(() => {
    let before = session.cells.get();
    return session.cells.subscribe(() => {
      const after = session.cells.get();
      const ended = endedRuns(before, after, performance.now());
      before = after;
      if (longRuns.get() === "off") return;
      for (const run of ended) if (document.hidden || !isSeen(run.cell)) tell(session.path, run, nameOf(run));
    });
    function nameOf({ cell }: EndedRun): string {
      return session.notebook.get().cells.find(({ id }) => id === cell)?.name ?? `Cell ${cell}`;
    }
  }, [session]);
}

function tell(path: string, { cell, ok, ms }: EndedRun, name: string): void {
  const text = ok ? `${name} finished in ${durationText(ms)}` : `${name} failed after ${durationText(ms)}`;
  toast(text, { label: "Show", run: () => showCell(cell) });
  if (!document.hidden) return;
  titleMark.set(ok && titleMark.get() !== "✗" ? "✓" : "✗");
  notify(`${text}: ${path}`);
}

/** Whether some of the cell stands in the window. */
function isSeen(cell: number): boolean {
  const box = sectionOf(cell)?.getBoundingClientRect();
  return box !== undefined && box.bottom > 0 && box.top < window.innerHeight;
}
