import { Code, Database, FileCode2, Plus, Sigma, SquareTerminal, Type, Waypoints } from "lucide-react";
import type { ReactNode } from "react";
import type { Mode } from "../../../kernel/notebook/document/notebook.ts";
import { type ChoiceGroup, MenuButton } from "../app/menu.tsx";
import { addCell } from "./actions.ts";
import { useWorkbench, type Workbench } from "./context.ts";
import { loaderModes, modeTexts, newModes } from "./modes.ts";

const icons: Partial<Record<Mode, ReactNode>> = {
  ts: <Code size={15} />,
  sql: <Database size={15} />,
  md: <Type size={15} />,
  html: <FileCode2 size={15} />,
  tex: <Sigma size={15} />,
  dot: <Waypoints size={15} />,
};

function kinds(workbench: Workbench, after: number | null): readonly ChoiceGroup[] {
  const choices = newModes.map((mode) => ({
    id: mode,
    label: modeTexts[mode].name,
    icon: icons[mode],
    run: () => void addCell(workbench, mode, after),
  }));
  const loaders = loaderModes.map((mode) => ({
    id: mode,
    label: `Data loader (${modeTexts[mode].name})`,
    icon: <SquareTerminal size={15} />,
    run: () => void addCell(workbench, mode, after, { format: "text" }),
  }));
  return [{ choices }, { choices: loaders }];
}

/** The thin line between two cells, with a `+` when one points at it. */
export function InsertLine({ after }: { readonly after: number | null }) {
  const workbench = useWorkbench();
  const label = after === null ? "Insert at the top" : `Insert below cell ${after}`;
  return (
    <div className="insert-line">
      <MenuButton label={label} className="insert" groups={() => kinds(workbench, after)}>
        <Plus size={14} />
      </MenuButton>
    </div>
  );
}

/** The button below the last cell. */
export function AddCell({ after }: { readonly after: number | null }) {
  const workbench = useWorkbench();
  return (
    <div className="add-cell">
      <MenuButton label="Add cell" className="button quiet" groups={() => kinds(workbench, after)}>
        <Plus size={15} /> Add cell
      </MenuButton>
    </div>
  );
}
