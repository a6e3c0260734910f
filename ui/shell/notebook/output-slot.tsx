import { type FocusEvent, useEffect, useLayoutEffect, useRef } from "react";
import { useStore } from "../app/store.ts";
import { useWorkbench } from "./context.ts";

interface Props {
  readonly cell: number;
  /** Sections are folded only where the notebook is edited. */
  readonly reading?: boolean;
}

/**
 * The room that a cell's output takes. The sandbox lies behind, so pointers pass through. Who comes here by Tab goes on
 * into the output, if there is something in it that takes keys.
 */
export function OutputSlot({ cell, reading = false }: Props) {
  const { layout, session, sections } = useWorkbench();
  const folded = useStore(sections.hidden, (all) => !reading && all.has(cell));
  const slot = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (!folded && slot.current) return layout.add(cell, slot.current);
    return undefined;
  }, [cell, folded, layout]);
  useEffect(layout.plan);
  const enter = ({ target, relatedTarget }: FocusEvent) => {
    const fromBelow =
      relatedTarget instanceof Node &&
      (target.compareDocumentPosition(relatedTarget) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
    session.sandbox.enter(cell, fromBelow ? "end" : "start");
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: it is no part of a form
    <div
      className="slot"
      ref={slot}
      role="group"
      aria-label={`Output of cell ${cell}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keys go on from here into the output, which lies in the sandbox
      tabIndex={0}
      onFocus={enter}
    />
  );
}
