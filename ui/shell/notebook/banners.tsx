import { CloudOff, KeyRound, ShieldQuestion, X } from "lucide-react";
import { FailureNote } from "../app/failure-note.tsx";
import { useStore } from "../app/store.ts";
import { useWorkbench } from "./context.ts";

/** What concerns the whole notebook: not connected, not trusted, something failed. */
export function Banners() {
  const { session } = useWorkbench();
  const { connection, trusted, failure, kernelFailure } = useStore(session.state, (state) => state);
  const sandboxFailed = useStore(session.sandbox.failed, (failed) => failed);
  return (
    <div className="banners">
      {connection === "away" ? (
        <div className="banner" role="status">
          <CloudOff size={16} aria-hidden="true" />
          <span>
            The server does not answer; see whether it still runs in its terminal. Your edits are kept here,
            and sent when it returns.
          </span>
          <button type="button" className="button small" onClick={() => session.retry()}>
            Try now
          </button>
        </div>
      ) : null}
      {connection === "locked" ? (
        <div className="banner" role="status">
          <KeyRound size={16} aria-hidden="true" />
          <span>
            The server was started anew. Open the address that it printed; your edits are kept and sent when
            this browser is let in.
          </span>
          <button type="button" className="button small" onClick={() => session.retry()}>
            Try now
          </button>
        </div>
      ) : null}
      {trusted ? null : (
        <div className="banner" role="status">
          <ShieldQuestion size={16} aria-hidden="true" />
          <span>
            This notebook came from elsewhere. Nothing in it runs until you trust it; read it first.
          </span>
          <button type="button" className="button small" onClick={() => session.ask("trust")}>
            Trust and run
          </button>
        </div>
      )}
      {failure ? (
        <FailureNote failure={failure}>
          <button
            type="button"
            className="link"
            onClick={() => session.state.update((state) => ({ ...state, failure: null }))}
          >
            <X size={12} /> Dismiss
          </button>
        </FailureNote>
      ) : null}
      {kernelFailure ? (
        <FailureNote failure={kernelFailure}>
          <button type="button" className="link" onClick={() => session.ask("restart")}>
            Restart kernel
          </button>
        </FailureNote>
      ) : null}
      {sandboxFailed ? (
        <FailureNote failure={noSandbox}>
          <button type="button" className="link" onClick={() => session.sandbox.restart([])}>
            Try again
          </button>
        </FailureNote>
      ) : null}
    </div>
  );
}

const noSandbox = {
  kind: "internal",
  message: "The part of the page that shows outputs did not start.",
  remedy: "An extension or a proxy may block it; outputs are kept meanwhile.",
} as const;
