import { PanelRight } from "lucide-react";
import { useStore } from "../../app/store.ts";
import { useWorkbench } from "../context.ts";
import { focusPanel } from "./dock-focus.ts";
import { panels } from "./panels.ts";

/** Opens the panels where there is no room for their rail. */
export function DockButton() {
  const { dock } = useWorkbench();
  const isOpen = useStore(dock.view, ({ panel }) => panels.some(({ id }) => id === panel));
  const open = () => {
    const { last } = dock.view.get();
    dock.show(panels.find(({ id }) => id === last)?.id ?? panels[0]?.id ?? "");
    focusPanel();
  };
  return (
    <button
      type="button"
      className="icon-button dock-button"
      aria-label="Open the panels"
      title="Panels"
      aria-expanded={isOpen}
      onClick={open}
    >
      <PanelRight size={16} aria-hidden="true" />
    </button>
  );
}
