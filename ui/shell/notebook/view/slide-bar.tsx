import { ChevronLeft, ChevronRight, Code, Maximize, X } from "lucide-react";
import { useEffect, useMemo } from "react";
import { notebookHref, replaceWith, slideHref } from "../../app/router.ts";
import { useStore } from "../../app/store.ts";
import { useWorkbench } from "../context.ts";
import { slidesOf } from "./slides.ts";
import { useView } from "./view.ts";

/** Where one is among the slides, and the way to others: by arrows, space, page keys, Home and End; Escape leaves. */
export function SlideBar({ onCode }: { readonly onCode: () => void }) {
  const { session } = useWorkbench();
  const { slide, code } = useView();
  const cells = useStore(session.notebook, (notebook) => notebook.cells);
  const count = useMemo(() => slidesOf(cells).length, [cells]);
  const at = Math.min(slide, count - 1);
  const actions = useMemo(() => slideActions(session.path, at, count, onCode), [session, at, count, onCode]);
  useSlideKeys(actions);
  return (
    <footer className="slide-bar">
      <progress className="slide-progress" aria-label="Slides" max={count} value={at + 1} />
      <button type="button" className="icon-button" aria-label="Back to the notebook" onClick={actions.leave}>
        <X size={16} />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label="Code"
        title="Show or hide code (c)"
        aria-pressed={code}
        onClick={actions.code}
      >
        <Code size={16} />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label="Full screen"
        title="Full screen (f)"
        onClick={actions.fullScreen}
      >
        <Maximize size={15} />
      </button>
      <span className="spring" />
      <button
        type="button"
        className="icon-button"
        aria-label="Previous slide"
        disabled={at === 0}
        onClick={actions.back}
      >
        <ChevronLeft size={18} />
      </button>
      <output className="number">
        {at + 1} / {count}
      </output>
      <button
        type="button"
        className="icon-button"
        aria-label="Next slide"
        disabled={at === count - 1}
        onClick={actions.next}
      >
        <ChevronRight size={18} />
      </button>
    </footer>
  );
}

interface SlideActions {
  next(): void;
  back(): void;
  first(): void;
  last(): void;
  leave(): void;
  code(): void;
  fullScreen(): void;
}

function slideActions(path: string, at: number, count: number, onCode: () => void): SlideActions {
  const goTo = (slide: number) => {
    const next = Math.max(0, Math.min(slide, count - 1));
    if (next !== at) replaceWith(slideHref(path, next));
  };
  return {
    next: () => goTo(at + 1),
    back: () => goTo(at - 1),
    first: () => goTo(0),
    last: () => goTo(count - 1),
    leave: () => {
      if (document.fullscreenElement) void document.exitFullscreen();
      replaceWith(notebookHref(path));
    },
    code: onCode,
    fullScreen: () => {
      if (document.fullscreenElement) void document.exitFullscreen();
      else document.documentElement.requestFullscreen().catch(() => {});
    },
  };
}

const keys: Readonly<Record<string, keyof SlideActions>> = {
  ArrowRight: "next",
  ArrowDown: "next",
  PageDown: "next",
  " ": "next",
  ArrowLeft: "back",
  ArrowUp: "back",
  PageUp: "back",
  "Shift- ": "back",
  Home: "first",
  End: "last",
  Escape: "leave",
  c: "code",
  f: "fullScreen",
};

function useSlideKeys(actions: SlideActions): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { key, shiftKey, target } = event;
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (key === " " && target instanceof Element && target.closest("button, a, input")) return;
      const action = keys[shiftKey ? `Shift-${key}` : key];
      if (!action) return;
      event.preventDefault();
      actions[action]();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [actions]);
}
