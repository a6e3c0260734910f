import { ListTree, X } from "lucide-react";
import { useState } from "react";
import { createPortal } from "react-dom";
import { Outline } from "./outline.tsx";

/** Opens the outline beside the cells. On a narrow window it lies over them and goes when a line was chosen. */
export function OutlineButton() {
  const [open, setOpen] = useState(false);
  const gone = () => {
    if (window.matchMedia("(max-width: 900px)").matches) setOpen(false);
  };
  return (
    <>
      <button
        type="button"
        className="icon-button"
        aria-label="Outline"
        title="Outline"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <ListTree size={16} />
      </button>
      {open ? createPortal(<Side onGone={gone} onClose={() => setOpen(false)} />, document.body) : null}
    </>
  );
}

interface SideProps {
  readonly onGone: () => void;
  readonly onClose: () => void;
}

function Side({ onGone, onClose }: SideProps) {
  return (
    <aside
      className="outline-side"
      aria-label="Outline"
      onKeyDown={(event) => event.key === "Escape" && onClose()}
    >
      <header>
        <h2>Outline</h2>
        <button type="button" className="icon-button small" aria-label="Close the outline" onClick={onClose}>
          <X size={14} />
        </button>
      </header>
      <Outline onGone={onGone} />
    </aside>
  );
}
