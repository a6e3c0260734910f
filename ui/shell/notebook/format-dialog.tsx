import { type FormEvent, useState } from "react";
import { defaultFormat, formats } from "../../../kernel/notebook/document/formats.ts";
import type { Cell } from "../../../kernel/notebook/document/notebook.ts";
import { Dialog } from "../app/dialog.tsx";
import { setFields } from "./actions.ts";
import { useWorkbench } from "./context.ts";
import { formatTexts } from "./formats.ts";

interface Props {
  readonly cell: Cell;
  readonly onClose: () => void;
}

/** What a data loader prints. */
export function FormatDialog({ cell, onClose }: Props) {
  const workbench = useWorkbench();
  const [format, setFormat] = useState(cell.format ?? defaultFormat);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setFields(workbench, cell.id, { format });
    onClose();
  };
  return (
    <Dialog title={`Output of cell ${cell.id}`} onClose={onClose}>
      <form onSubmit={submit} style={{ display: "grid", gap: 16 }}>
        <label className="field">
          <span className="label">What the program prints is</span>
          <select className="input" value={format} onChange={(event) => setFormat(event.target.value)}>
            {formats.map((name) => (
              <option key={name} value={name}>
                {formatTexts[name]}
              </option>
            ))}
          </select>
        </label>
        <div className="actions">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button primary">
            Set format
          </button>
        </div>
      </form>
    </Dialog>
  );
}
