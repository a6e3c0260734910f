import { Settings } from "lucide-react";
import { Store, useStore } from "../app/store.ts";
import { SettingsDialog } from "./settings-dialog.tsx";

const open = new Store(false);

export function openSettings(): void {
  open.set(true);
}

/** Opens the settings. One stands in the head of each page. */
export function SettingsButton() {
  const isOpen = useStore(open, (now) => now);
  return (
    <>
      <button
        type="button"
        className="icon-button"
        aria-label="Settings"
        title="Settings"
        aria-haspopup="dialog"
        onClick={openSettings}
      >
        <Settings size={16} />
      </button>
      {isOpen ? <SettingsDialog onClose={() => open.set(false)} /> : null}
    </>
  );
}
