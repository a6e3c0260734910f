import { RotateCcw, Square } from "lucide-react";
import type { KernelState } from "../../../kernel/notebook/protocol.ts";
import { plural } from "../app/format.ts";
import { MenuButton } from "../app/menu.tsx";
import { keys } from "../app/platform.ts";
import { useStore } from "../app/store.ts";
import { useWorkbench } from "./context.ts";

interface Words {
  readonly name: string;
  readonly meaning: string;
}

const words: Record<KernelState | "away", Words> = {
  starting: { name: "Kernel starting", meaning: "Starts now; what needs it runs in a moment" },
  ready: { name: "Kernel ready", meaning: "Ready to run SQL and kernel cells" },
  busy: { name: "Kernel busy", meaning: "Runs SQL or a kernel cell" },
  stopped: { name: "Kernel off", meaning: "Starts by itself when a cell needs it" },
  asleep: {
    name: "Kernel asleep",
    meaning: "Stopped after a while without use; starts again when needed",
  },
  dead: {
    name: "Kernel ended",
    meaning: "Ended unexpectedly; starts again with the next cell that needs it",
  },
  away: { name: "No kernel", meaning: "The server, which runs it, does not answer" },
};

function asleepFor(minutes: number | null): Words {
  const { name, meaning } = words.asleep;
  if (minutes === null) return { name, meaning };
  return {
    name,
    meaning: `Stopped after ${plural(minutes, "minute")} without use; starts again when needed`,
  };
}

/** How the kernel is, with what can be done to it. */
export function KernelButton() {
  const { session } = useWorkbench();
  const state = useStore(session.state, ({ kernel, connection }) =>
    connection === "open" || connection === "opening" ? kernel : "away",
  );
  const idle = useStore(session.state, ({ idleMinutes }) => idleMinutes);
  const { name, meaning } = state === "asleep" ? asleepFor(idle) : words[state];
  const groups = () => [
    {
      title: meaning,
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
          disabled: state === "away",
          icon: <RotateCcw size={15} />,
          run: () => session.ask("restart"),
        },
      ],
    },
  ];
  return (
    <MenuButton label={name} title={meaning} className="button quiet kernel" groups={groups}>
      <span className="dot" data-kernel={state} />
      <span className="wide">{name}</span>
    </MenuButton>
  );
}
