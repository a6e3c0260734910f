import { useWorkbench } from "../context.ts";
import { Outline } from "./outline.tsx";

/** The outline beside the cells. On a narrow window, where it lies over them, it goes when a line was chosen. */
export function OutlinePanel() {
  const { dock } = useWorkbench();
  const gone = () => {
    if (window.matchMedia("(max-width: 900px)").matches) dock.shut();
  };
  return <Outline onGone={gone} />;
}
