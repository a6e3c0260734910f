import { FileDown } from "lucide-react";
import { useState } from "react";
import type { ReportAnswer } from "../../../kernel/notebook/api.ts";
import { type Failure, toFailure } from "../../../kernel/notebook/errors.ts";
import { client } from "../app/client.ts";
import { Dialog } from "../app/dialog.tsx";
import { downloadText } from "../app/download.ts";
import { FailureNote } from "../app/failure-note.tsx";
import { useStore } from "../app/store.ts";
import { toast } from "../app/toasts.tsx";
import { useWorkbench } from "./context.ts";
import { showCell } from "./show-cell.ts";

type Trouble = { readonly failures: ReportAnswer["failures"] } | { readonly failure: Failure };

/** Runs the notebook from scratch and saves what it shows as one file to read anywhere. */
export function ReportButton() {
  const { session } = useWorkbench();
  const trusted = useStore(session.state, (state) => state.trusted);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const build = async () => {
    setBusy(true);
    try {
      const report = await client.report(session.path);
      downloadText(fileName(session.path), report.html, "text/html");
      if (report.ok) toast("The report is in your downloads.");
      else setTrouble({ failures: report.failures });
    } catch (error) {
      setTrouble({ failure: toFailure(error) });
    }
    setBusy(false);
  };
  return (
    <>
      <button
        type="button"
        className="button quiet"
        disabled={busy || !trusted}
        aria-busy={busy}
        onClick={build}
      >
        {busy ? <span className="spinner" /> : <FileDown size={15} />}{" "}
        <span className="wide">{busy ? "Building report…" : "Report"}</span>
      </button>
      {trouble ? <TroubleDialog trouble={trouble} onClose={() => setTrouble(null)} /> : null}
    </>
  );
}

const fileName = (path: string) => path.replace(/^.*\//, "").replace(/(\.html)?$/, "-report.html");

function TroubleDialog({ trouble, onClose }: { readonly trouble: Trouble; readonly onClose: () => void }) {
  const show = (cell: number) => {
    onClose();
    showCell(cell);
  };
  return (
    <Dialog title={"failure" in trouble ? "No report" : "The report is not complete"} onClose={onClose}>
      {"failure" in trouble ? (
        <FailureNote failure={trouble.failure} />
      ) : (
        <>
          <p>It was saved with all that worked. These cells failed:</p>
          {trouble.failures.map(({ cell, failure }) => (
            <FailureNote key={cell} failure={failure}>
              <button type="button" className="link" onClick={() => show(cell)}>
                cell {cell}
              </button>
            </FailureNote>
          ))}
        </>
      )}
      <div className="actions">
        <button type="button" className="button primary" onClick={onClose}>
          Close
        </button>
      </div>
    </Dialog>
  );
}
