import { CirclePlay } from "lucide-react";
import { Brand } from "../app/brand.tsx";
import { useStore } from "../app/store.ts";
import { SettingsButton } from "../settings/settings-button.tsx";
import { runAll } from "./actions.ts";
import { useWorkbench } from "./context.ts";
import { DockButton } from "./dock/dock-button.tsx";
import { Help } from "./help.tsx";
import { KernelButton } from "./kernel-button.tsx";
import { PolicyButton } from "./policy-button.tsx";
import { ProblemsButton } from "./problems-button.tsx";
import { ReportButton } from "./report-button.tsx";
import { RunStale } from "./run-stale.tsx";
import { StopButton } from "./stop-button.tsx";
import { ViewButton } from "./view/view-button.tsx";

/** Title, whether it is saved, how the kernel is, and what concerns all cells. */
export function Head() {
  const workbench = useWorkbench();
  const trusted = useStore(workbench.session.state, (state) => state.trusted);
  return (
    <header className="head">
      <Brand compact />
      <Title />
      <Saved />
      <div className="head-tools">
        <StopButton />
        <ProblemsButton />
        <RunStale />
        <KernelButton />
        <button type="button" className="button quiet" disabled={!trusted} onClick={() => runAll(workbench)}>
          <CirclePlay size={15} /> <span className="wide">Run all</span>
        </button>
        <PolicyButton />
        <ReportButton />
        <ViewButton />
        <SettingsButton />
        <Help />
        <DockButton />
      </div>
    </header>
  );
}

function Title() {
  const { session } = useWorkbench();
  const title = useStore(session.notebook, (notebook) => notebook.title);
  const change = (text: string) => session.edit([{ type: "title", title: text }]);
  return (
    <input
      className="title"
      aria-label="Notebook title"
      placeholder="Untitled"
      value={title}
      spellCheck={false}
      onChange={(event) => change(event.target.value)}
      onKeyDown={(event) => event.key === "Enter" && event.currentTarget.blur()}
    />
  );
}

function Saved() {
  const { session } = useWorkbench();
  const { connection, saved } = useStore(session.state, (state) => state);
  if (connection === "opening") return <span className="saved">Opening…</span>;
  if (connection !== "open") return <span className="saved away">Not connected</span>;
  return (
    <span className="saved" title={session.path}>
      {saved ? "Saved" : "Saving…"}
    </span>
  );
}
