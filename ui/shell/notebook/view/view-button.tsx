import { AppWindow, Link2, MonitorPlay, Presentation } from "lucide-react";
import { MenuButton } from "../../app/menu.tsx";
import { appHref, go, slideHref } from "../../app/router.ts";
import { toast } from "../../app/toasts.tsx";
import type { Command } from "../command.ts";
import { useWorkbench, type Workbench } from "../context.ts";

/** The ways to show the notebook to readers. */
export function ViewButton() {
  const { session } = useWorkbench();
  const { path } = session;
  const groups = () => [
    {
      title: "Show as",
      choices: [
        {
          id: "slides",
          label: "Slides",
          icon: <Presentation size={15} />,
          run: () => go(slideHref(path, 0)),
        },
        {
          id: "app",
          label: "App, without code",
          icon: <AppWindow size={15} />,
          run: () => go(appHref(path)),
        },
        {
          id: "link",
          label: "Copy the app’s address",
          icon: <Link2 size={15} />,
          run: () => copyAddress(path),
        },
      ],
    },
  ];
  return (
    <MenuButton
      label="Show as slides or app"
      title="Show as slides or app"
      className="icon-button"
      groups={groups}
    >
      <MonitorPlay size={16} />
    </MenuButton>
  );
}

export function viewCommands({ session }: Workbench): Command[] {
  return [
    { id: "slides", title: "Show as slides", run: () => go(slideHref(session.path, 0)) },
    { id: "app", title: "Show as an app, without code", run: () => go(appHref(session.path)) },
  ];
}

async function copyAddress(path: string): Promise<void> {
  const address = new URL(appHref(path), location.href).href;
  try {
    await navigator.clipboard.writeText(address);
    toast("The app’s address is copied.");
  } catch {
    toast(address);
  }
}
