import { Square } from "lucide-react";
import { useEffect, useState } from "react";
import { keys } from "../app/platform.ts";
import { useStore } from "../app/store.ts";
import { useWorkbench } from "./context.ts";
import type { SessionState } from "./session-state.ts";

/** Long enough not to flicker with each short run. */
const patienceMs = 400;

/** Stops whatever runs, in either place; shown while something does. */
export function StopButton() {
  const { session } = useWorkbench();
  const cells = useStore(session.cells, (states) =>
    [...states.values()].some((each) => each.status === "running"),
  );
  const kernel = useStore(session.state, isBusy);
  const stuck = useStore(session.sandbox.stuck, (is) => is);
  const lasting = useLasting(cells || kernel);
  if (!lasting && !stuck) return null;
  return (
    <button
      type="button"
      className="button small stop-all"
      title={stuck ? `Some code keeps the page's cells busy (${keys("Mod-.")})` : keys("Mod-.")}
      onClick={() => session.stop()}
    >
      <Square size={11} fill="currentColor" /> Stop
    </button>
  );
}

/** What the kernel did when the server went away is not known. */
const isBusy = ({ kernel, connection }: SessionState) => kernel === "busy" && connection === "open";

function useLasting(now: boolean): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!now) return setLasting(false);
    const timer = setTimeout(() => setLasting(true), patienceMs);
    return () => clearTimeout(timer);
  }, [now]);
  return now && lasting;
}
