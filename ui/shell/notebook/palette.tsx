import { useEffect, useState } from "react";
import {
  Dialog as AriaDialog,
  Autocomplete,
  Input,
  Keyboard,
  Menu,
  MenuItem,
  Modal,
  ModalOverlay,
  SearchField,
  Text,
  useFilter,
} from "react-aria-components";
import { isMod, keys } from "../app/platform.ts";
import type { Command } from "./command.ts";
import { commandsOf } from "./commands.ts";
import { useWorkbench } from "./context.ts";

/** Mod-K: every command with its shortcut, found by typing. */
export function Palette() {
  const workbench = useWorkbench();
  const [commands, setCommands] = useState<readonly Command[] | null>(null);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!isMod(event) || event.key.toLowerCase() !== "k" || event.shiftKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      setCommands(commandsOf(workbench).map((command) => remembering(command, workbench.editors.focused())));
    };
    window.addEventListener("keydown", press, { capture: true });
    return () => window.removeEventListener("keydown", press, { capture: true });
    function remembering(command: Command, cell: number | null): Command {
      // By the time a command is chosen the focus is in the palette: it goes back to where it was first.
      const run = () => {
        if (cell !== null) workbench.editors.focus(cell);
        else workbench.selection.refocus();
        command.run();
      };
      return { ...command, run };
    }
  }, [workbench]);
  if (!commands) return null;
  return <OpenPalette commands={commands} onClose={() => setCommands(null)} />;
}

interface Props {
  readonly commands: readonly Command[];
  readonly onClose: () => void;
}

function OpenPalette({ commands, onClose }: Props) {
  const { contains } = useFilter({ sensitivity: "base" });
  const run = (id: unknown) => {
    onClose();
    // After the dialog has given the focus back.
    setTimeout(() => commands.find((command) => command.id === id)?.run());
  };
  return (
    <ModalOverlay className="veil top-veil" isOpen isDismissable onOpenChange={(open) => open || onClose()}>
      <Modal className="modal palette">
        <AriaDialog className="palette-dialog" aria-label="Commands">
          <Autocomplete filter={contains}>
            <SearchField aria-label="Find a command" autoFocus className="palette-field">
              <Input className="palette-input" placeholder="What do you want to do?" />
            </SearchField>
            <Menu
              className="menu palette-menu"
              aria-label="Commands"
              items={commands}
              onAction={run}
              renderEmptyState={() => <p className="muted palette-empty">No command has these words.</p>}
            >
              {(command) => <CommandItem command={command} />}
            </Menu>
          </Autocomplete>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

function CommandItem({ command: { id, title, shortcut, keys: letters } }: { readonly command: Command }) {
  const shown = shortcut ?? letters;
  return (
    <MenuItem id={id} textValue={title} className="menu-item">
      <Text slot="label">{title}</Text>
      {shown ? <Keyboard className="keys">{keys(shown)}</Keyboard> : null}
    </MenuItem>
  );
}
