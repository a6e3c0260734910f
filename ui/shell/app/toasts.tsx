import { X } from "lucide-react";
import { toFailure } from "../../../kernel/notebook/errors.ts";
import { Store, useStore } from "./store.ts";

interface Toast {
  readonly id: number;
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

const shown = new Store<readonly Toast[]>([]);
let count = 0;

const drop = (id: number) => shown.update((toasts) => toasts.filter((toast) => toast.id !== id));

/** Says something for a while; with an action ("Undo") for longer. */
export function toast(text: string, action?: Toast["action"]): void {
  const id = ++count;
  shown.update((toasts) => [...toasts.slice(-2), { id, text, ...(action ? { action } : {}) }]);
  setTimeout(() => drop(id), action ? 10_000 : 5_000);
}

/** Tells that something the user asked for failed. */
export function toastFailure(error: unknown): void {
  const failure = toFailure(error);
  toast(failure.remedy ? `${failure.message} ${failure.remedy}` : failure.message);
}

export function Toasts() {
  const toasts = useStore(shown, (value) => value);
  return (
    <div className="toasts" role="status">
      {toasts.map((each) => (
        <ToastView key={each.id} toast={each} />
      ))}
    </div>
  );
}

function ToastView({ toast: { id, text, action } }: { readonly toast: Toast }) {
  const act = () => {
    action?.run();
    drop(id);
  };
  return (
    <div className="toast">
      <span className="spring">{text}</span>
      {action ? (
        <button type="button" className="button small" onClick={act}>
          {action.label}
        </button>
      ) : null}
      <button type="button" className="icon-button small" aria-label="Dismiss" onClick={() => drop(id)}>
        <X size={14} />
      </button>
    </div>
  );
}
