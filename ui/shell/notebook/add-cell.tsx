import { Plus } from "lucide-react";
import type { KeyboardEvent, ReactNode } from "react";
import { useStore } from "../app/store.ts";
import { useWorkbench } from "./context.ts";

interface Props {
  readonly after: number | null;
  readonly label: string;
  readonly className: string;
  readonly children: ReactNode;
}

/** Opens the menu of all that can be put in at a place. */
function InsertButton({ after, label, className, children }: Props) {
  const { insertMenu } = useWorkbench();
  const isOpen = useStore(insertMenu.open, (open) => open?.into === null && open.after === after);
  const show = (anchor: Element) => insertMenu.show({ after, into: null, anchor });
  // The click that a key makes counts as a screen reader's, after which the field would not get the focus.
  const press = (event: KeyboardEvent<HTMLButtonElement>) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    show(event.currentTarget);
  };
  return (
    <button
      type="button"
      className={className}
      aria-label={label}
      aria-haspopup="dialog"
      aria-expanded={isOpen}
      onClick={({ currentTarget }) => show(currentTarget)}
      onKeyDown={press}
    >
      {children}
    </button>
  );
}

/** The thin line between two cells, with a `+` when one points at it. */
export function InsertLine({ after }: { readonly after: number | null }) {
  return (
    <div className="insert-line">
      <InsertButton
        after={after}
        label={after === null ? "Insert at the top" : `Insert below cell ${after}`}
        className="insert"
      >
        <Plus size={14} />
      </InsertButton>
    </div>
  );
}

/** The button below the last cell. */
export function AddCell({ after }: { readonly after: number | null }) {
  return (
    <div className="add-cell">
      <InsertButton after={after} label="Add cell" className="button quiet">
        <Plus size={15} /> Add cell
      </InsertButton>
    </div>
  );
}
