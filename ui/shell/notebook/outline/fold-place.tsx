import { type ReactNode, useLayoutEffect, useRef } from "react";
import { flushSync } from "react-dom";
import { useStore } from "../../app/store.ts";
import { useWorkbench } from "../context.ts";

/**
 * Around a cell: hides it while its section is folded. The browser's own search still finds its text, and whoever wants
 * to show it says so with `revealCell`.
 */
export function FoldPlace({ id, children }: { readonly id: number; readonly children: ReactNode }) {
  const { sections } = useWorkbench();
  const hidden = useStore(sections.hidden, (all) => all.has(id));
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (hidden) place.current?.setAttribute("hidden", "until-found");
    else place.current?.removeAttribute("hidden");
  }, [hidden]);
  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const reveal = () => flushSync(() => sections.reveal(id));
    element.addEventListener("beforematch", reveal);
    return () => element.removeEventListener("beforematch", reveal);
  }, [sections, id]);
  return (
    <div className="cell-and-line" ref={place}>
      {children}
    </div>
  );
}

/** Opens the sections in which an element of a cell is hidden, at once. */
export function revealCell(section: Element | null): void {
  section?.closest("[hidden]")?.dispatchEvent(new Event("beforematch"));
}
