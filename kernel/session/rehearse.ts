import { join } from "node:path";
import type { Workspace } from "../catalog/workspace.ts";
import { type CellSpec, toCell } from "../notebook/document/notebook.ts";
import { KernelSession } from "./kernel-session.ts";
import type { Sources } from "./sources.ts";

const cells: readonly CellSpec[] = [
  { id: 1, source: "const answer: number = 6 * 7" },
  { id: 2, source: "({ answer, at: new Date() })" },
  { id: 3, mode: "sql", source: "SELECT range AS n FROM range(${answer})", output: "rows" },
  { id: 4, source: "rows.length" },
];

/**
 * Runs a small notebook that nobody sees, so that the first cells of a real one find engine, catalog and compiler
 * loaded. What fails here fails again where it is needed, and is told there.
 */
export function rehearse(workspace: Workspace, sources: Sources): Promise<void> {
  return new Promise((resolve) => {
    const left = new Set(cells.map(({ id }) => id));
    const session = new KernelSession(
      workspace,
      join(workspace.root, "rehearsal.html"),
      sources,
      (message) => {
        if (message.type !== "event" || message.event.type !== "status") return;
        const { cell, status } = message.event;
        if (status === "done" || status === "failed") left.delete(cell);
        if (left.size === 0) setImmediate(end);
      },
    );
    const end = () => {
      session.dispose();
      resolve();
    };
    const order = cells.map(({ id }) => id);
    const program = cells.map((cell) => toCell({ place: "kernel", ...cell }));
    session.receive({ type: "program", change: { version: 1, order, cells: program, rerun: [] } });
  });
}
