import { RotateCcw, Square } from "lucide-react";
import type { KernelState } from "../../../kernel/notebook/protocol.ts";
import { MenuButton } from "../app/menu.tsx";
import { keys } from "../app/platform.ts";
import { useStore } from "../app/store.ts";
import { useWorkbench } from "./context.ts";

const words: Record<KernelState, string> = {
  starting: "Kernel starting",
  ready: "Kernel ready",
  busy: "Kernel busy",
  stopped: "Kernel idle",
  dead: "Kernel stopped",
};

/** How the kernel is, with what can be done to it. */
export function KernelButton() {
  const { session } = useWorkbench();
  const state = useStore(session.state, ({ kernel }) => kernel);
  const groups = () => [
    {
      choices: [
        {
          id: "stop",
          label: "Stop",
          icon: <Square size={15} />,
          keys: keys("Mod-."),
          disabled: state !== "busy" && session.runningCells().length === 0,
          run: () => session.stop(),
        },
        {
          id: "restart",
          label: "Restart kernel",
          icon: <RotateCcw size={15} />,
          run: () => session.ask("restart"),
        },
      ],
    },
  ];
  return (
    <MenuButton label={words[state]} className="button quiet kernel" groups={groups}>
      <span className="dot" data-kernel={state} />
      <span className="wide">{words[state]}</span>
    </MenuButton>
  );
}
