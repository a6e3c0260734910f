import type { KeyboardEvent, PointerEvent } from "react";
import { widths } from "./dock-state.ts";

interface Props {
  readonly width: number;
  readonly onResize: (width: number) => void;
}

/** The left edge of the panel: dragged, or moved by arrows, it makes the panel wider or narrower. */
export function DockGrip({ width, onResize }: Props) {
  const press = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowLeft: 24, ArrowRight: -24 };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    onResize(width + step);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that moves is no rule
    <div
      className="dock-grip"
      role="separator"
      aria-orientation="vertical"
      aria-label="Width of the panel"
      aria-valuenow={width}
      aria-valuemin={widths.least}
      aria-valuemax={widths.most}
      tabIndex={0}
      onKeyDown={press}
      onPointerDown={(event) => drag(event, width, onResize)}
      onDoubleClick={() => onResize(widths.usual)}
    />
  );
}

/** The pointer is held by the edge. Over the sandbox, a frame of another process, that does not hold: it lets pointers pass. */
function drag(start: PointerEvent<HTMLElement>, width: number, resize: (width: number) => void): void {
  const grip = start.currentTarget;
  const move = (event: globalThis.PointerEvent) => resize(width + start.clientX - event.clientX);
  const end = (event: globalThis.PointerEvent) => {
    // The last move may be told only with the end.
    if (event.type === "pointerup") move(event);
    delete document.documentElement.dataset.resizing;
    grip.removeEventListener("pointermove", move);
    grip.removeEventListener("pointerup", end);
    grip.removeEventListener("pointercancel", end);
  };
  start.preventDefault();
  document.documentElement.dataset.resizing = "";
  grip.setPointerCapture(start.pointerId);
  grip.addEventListener("pointermove", move);
  grip.addEventListener("pointerup", end);
  grip.addEventListener("pointercancel", end);
}
