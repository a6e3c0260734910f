import { type FormEvent, useState } from "react";
import { Dialog } from "./dialog.tsx";

interface Props {
  readonly title: string;
  readonly label: string;
  readonly value: string;
  readonly action: string;
  /** Whether no text is an answer too. */
  readonly optional?: boolean;
  readonly onDone: (value: string) => void;
  readonly onClose: () => void;
}

/** Asks for one line of text. */
export function Prompt({ title, label, value, action, optional = false, onDone, onClose }: Props) {
  const [text, setText] = useState(value);
  const incomplete = !optional && text.trim() === "";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (incomplete) return;
    onDone(text.trim());
    onClose();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form onSubmit={submit} style={{ display: "grid", gap: 16 }}>
        <label className="field">
          <span className="label">{label}</span>
          <input className="input" autoFocus value={text} onChange={(event) => setText(event.target.value)} />
        </label>
        <div className="actions">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button primary" disabled={incomplete}>
            {action}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
