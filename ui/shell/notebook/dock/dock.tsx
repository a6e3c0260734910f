import { X } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useRef } from "react";
import { isMod, keys } from "../../app/platform.ts";
import { useStore } from "../../app/store.ts";
import { useWorkbench } from "../context.ts";
import { backToCells } from "./dock-focus.ts";
import { DockGrip } from "./dock-grip.tsx";
import { type Panel, panels } from "./panels.ts";
import "./dock.css";

/** Right of the cells: a rail of icons, and the one panel that was chosen. On a narrow window it lies over the cells. */
export function Dock() {
  const workbench = useWorkbench();
  const { dock } = workbench;
  const { panel: id, width } = useStore(dock.view, (view) => view);
  const aside = useRef<HTMLElement>(null);
  const panel = panels.find((each) => each.id === id);
  useDockKeys();
  useRoom(panel ? width : 0, aside);
  const leave = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    backToCells(workbench);
  };
  return (
    <aside
      ref={aside}
      className="dock"
      aria-label="Panels"
      data-open={panel ? "true" : undefined}
      onKeyDown={leave}
    >
      {panel ? <OpenPanel panel={panel} width={width} /> : null}
      <Rail shown={panel?.id ?? null} />
    </aside>
  );
}

/** Tells the page how much room the dock takes, and the dock how high the head stands. */
function useRoom(width: number, aside: React.RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const { style } = document.documentElement;
    style.setProperty("--dock-width", `${width}px`);
    return () => void style.removeProperty("--dock-width");
  }, [width]);
  useEffect(() => {
    const head = document.querySelector<HTMLElement>(".head");
    if (!head) return undefined;
    const measure = () => aside.current?.style.setProperty("--head", `${head.offsetHeight}px`);
    const observer = new ResizeObserver(measure);
    observer.observe(head);
    return () => observer.disconnect();
  }, [aside]);
}

function useDockKeys(): void {
  const { dock } = useWorkbench();
  useEffect(() => {
    const press = (event: globalThis.KeyboardEvent) => {
      if (event.defaultPrevented || event.key !== "\\" || !isMod(event)) return;
      event.preventDefault();
      dock.toggleLast();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [dock]);
}

interface OpenPanelProps {
  readonly panel: Panel;
  readonly width: number;
}

function OpenPanel({ panel, width }: OpenPanelProps) {
  const { dock } = useWorkbench();
  const Content = panel.component;
  return (
    <section className="dock-panel" id="dock-panel" aria-label={panel.title} tabIndex={-1}>
      <DockGrip width={width} onResize={(next) => dock.resize(next)} />
      <header className="dock-head">
        <h2>{panel.title}</h2>
        <button
          type="button"
          className="icon-button small"
          aria-label={`Close ${panel.title.toLowerCase()}`}
          onClick={() => dock.shut()}
        >
          <X size={14} aria-hidden="true" />
        </button>
      </header>
      <div className="dock-body" key={panel.id}>
        <Content />
      </div>
    </section>
  );
}

function Rail({ shown }: { readonly shown: string | null }) {
  return (
    <div
      className="dock-rail"
      role="toolbar"
      aria-label="Panels"
      aria-orientation="vertical"
      onKeyDown={stepOnArrow}
    >
      {panels.map((panel, index) => (
        <RailButton
          key={panel.id}
          panel={panel}
          shown={panel.id === shown}
          reached={shown === null ? index === 0 : panel.id === shown}
        />
      ))}
    </div>
  );
}

interface RailButtonProps {
  readonly panel: Panel;
  readonly shown: boolean;
  /** Whether Tab stops here: arrows lead to the others. */
  readonly reached: boolean;
}

function RailButton({
  panel: { id, title, icon: Icon, shortcut, badge: Badge },
  shown,
  reached,
}: RailButtonProps) {
  const { dock } = useWorkbench();
  const badgeId = useId();
  return (
    <button
      type="button"
      className="dock-tab"
      aria-label={title}
      aria-expanded={shown}
      aria-controls={shown ? "dock-panel" : undefined}
      aria-describedby={Badge ? badgeId : undefined}
      tabIndex={reached ? 0 : -1}
      onClick={() => dock.toggle(id)}
    >
      <Icon size={17} aria-hidden="true" />
      {Badge ? (
        <span id={badgeId}>
          <Badge />
        </span>
      ) : null}
      <span className="dock-tip" aria-hidden="true">
        {title}
        {shortcut ? <kbd>{keys(shortcut)}</kbd> : null}
      </span>
    </button>
  );
}

function stepOnArrow(event: KeyboardEvent<HTMLElement>): void {
  const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>(".dock-tab")];
  const at = tabs.indexOf(document.activeElement as HTMLElement);
  const next = tabs[(at + 1) % tabs.length];
  const before = tabs[(at - 1 + tabs.length) % tabs.length];
  const steps: Record<string, HTMLElement | undefined> = {
    ArrowDown: next,
    ArrowRight: next,
    ArrowUp: before,
    ArrowLeft: before,
    Home: tabs[0],
    End: tabs.at(-1),
  };
  if (!steps[event.key]) return;
  event.preventDefault();
  event.stopPropagation();
  steps[event.key]?.focus();
}
