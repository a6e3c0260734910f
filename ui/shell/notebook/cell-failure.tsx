import type { Failure } from "../../../kernel/notebook/errors.ts";
import { FailureNote } from "../app/failure-note.tsx";
import { useWorkbench } from "./context.ts";

interface Props {
  readonly cell: number;
  readonly failure: Failure;
}

/** A failure under its cell; its place and the other cells concerned are links. */
export function CellFailure({ cell, failure }: Props) {
  const { editors } = useWorkbench();
  const { line, column, cells, stack, ...rest } = failure;
  const others = (cells ?? []).filter((id) => id !== cell);
  return (
    <FailureNote failure={rest}>
      <div className="failure-links">
        {line === undefined ? null : (
          <button
            type="button"
            className="link number"
            onClick={() => editors.focusLine(cell, line, column ?? 1)}
          >
            line {line}:{column ?? 1}
          </button>
        )}
        {others.map((id) => (
          <button type="button" className="link" key={id} onClick={() => showCell(id)}>
            cell {id}
          </button>
        ))}
      </div>
      {stack ? (
        <details>
          <summary className="muted">Stack</summary>
          <pre>{stack}</pre>
        </details>
      ) : null}
    </FailureNote>
  );
}

/** Scrolls to a cell and marks it for a moment. */
export function showCell(id: number): void {
  const section = document.querySelector<HTMLElement>(`section[data-cell="${id}"]`);
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  section?.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
  section?.querySelector<HTMLElement>("button, [contenteditable]")?.focus({ preventScroll: true });
  section?.animate([{ background: "var(--accent-soft)" }, { background: "transparent" }], 1200);
}
