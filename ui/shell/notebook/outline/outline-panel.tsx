import { useWorkbench } from "../context.ts";
import { makeWay } from "../dock/dock-focus.ts";
import { Outline } from "./outline.tsx";

/** The outline beside the cells. */
export function OutlinePanel() {
  const workbench = useWorkbench();
  return <Outline onGone={() => makeWay(workbench)} />;
}
