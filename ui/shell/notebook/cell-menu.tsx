import {
  ArrowDown,
  ArrowUp,
  Check,
  Copy,
  Database,
  Ellipsis,
  Eye,
  EyeOff,
  FileOutput,
  FoldVertical,
  Pin,
  Replace,
  Tag,
  TextCursorInput,
  Trash2,
  UnfoldVertical,
} from "lucide-react";
import { useState } from "react";
import { toTypeScript } from "../../../kernel/notebook/compiler/observable-convert.ts";
import {
  type Cell,
  isInterpreter,
  type Mode,
  type Place,
  type RunPolicy,
} from "../../../kernel/notebook/document/notebook.ts";
import { type Choice, type ChoiceGroup, MenuButton } from "../app/menu.tsx";
import { keys } from "../app/platform.ts";
import { Prompt } from "../app/prompt.tsx";
import { toastFailure } from "../app/toasts.tsx";
import { convertCell, deleteCell, duplicateCell, moveCell, setFields } from "./actions.ts";
import type { CellState } from "./cell-states.ts";
import { CellTime } from "./cell-time.tsx";
import { useWorkbench, type Workbench } from "./context.ts";
import { FormatDialog } from "./format-dialog.tsx";
import { modeTexts, newModes } from "./modes.ts";
import { renameCell } from "./outline/cell-name.ts";
import type { Fold } from "./use-fold.ts";

interface Props {
  readonly cell: Cell;
  readonly state: CellState;
  readonly fold: Fold;
}

/** What a dialog asks for. */
type Question = "result" | "format" | "database";

/** All that can be done to a cell. */
export function CellMenu({ cell, state, fold }: Props) {
  const workbench = useWorkbench();
  const [asking, setAsking] = useState<Question | null>(null);
  const groups = () => [
    editGroup(workbench, cell),
    viewGroup(workbench, cell, fold, setAsking),
    ...convertGroup(workbench, cell),
    modeGroup(workbench, cell),
    ...(isCode(cell) ? [placeGroup(workbench, cell)] : []),
    runGroup(workbench, cell),
    deleteGroup(workbench, cell),
  ];
  return (
    <div className="cell-side">
      <MenuButton label={`Menu of cell ${cell.id}`} className="gutter-button quiet" groups={groups}>
        <Ellipsis size={16} />
      </MenuButton>
      <CellTime state={state} />
      {asking === "format" ? <FormatDialog cell={cell} onClose={() => setAsking(null)} /> : null}
      {asking === "database" ? (
        <Prompt
          title={`Database of cell ${cell.id}`}
          label="A connection, or empty for the tables of the catalog"
          value={cell.database ?? ""}
          action="Set database"
          optional
          onDone={(database) => setFields(workbench, cell.id, { database: database || null })}
          onClose={() => setAsking(null)}
        />
      ) : null}
      {asking === "result" ? (
        <Prompt
          title={`Result name of cell ${cell.id}`}
          label="Other cells use the result by this name"
          value={cell.output ?? ""}
          action="Set name"
          onDone={(output) => setFields(workbench, cell.id, { output })}
          onClose={() => setAsking(null)}
        />
      ) : null}
    </div>
  );
}

function editGroup(workbench: Workbench, cell: Cell): ChoiceGroup {
  return {
    choices: [
      {
        id: "up",
        label: "Move up",
        icon: <ArrowUp size={15} />,
        keys: keys("Mod-Alt-↑"),
        run: () => moveCell(workbench, cell.id, -1),
      },
      {
        id: "down",
        label: "Move down",
        icon: <ArrowDown size={15} />,
        keys: keys("Mod-Alt-↓"),
        run: () => moveCell(workbench, cell.id, 1),
      },
      { id: "copy", label: "Duplicate", icon: <Copy size={15} />, run: () => duplicateCell(workbench, cell) },
      {
        id: "cell-name",
        label: "Name of the cell…",
        icon: <TextCursorInput size={15} />,
        run: () => void renameCell(workbench, cell.id).catch(toastFailure),
      },
    ],
  };
}

function viewGroup(workbench: Workbench, cell: Cell, fold: Fold, ask: (what: Question) => void): ChoiceGroup {
  const choices: Choice[] = [foldChoice(fold)];
  choices.push({
    id: "hidden",
    label: cell.hidden ? "Show output" : "Hide output",
    icon: cell.hidden ? <Eye size={15} /> : <EyeOff size={15} />,
    run: () => setFields(workbench, cell.id, { hidden: !cell.hidden }),
  });
  choices.push({
    id: "pinned",
    label: "Show code in reports",
    icon: cell.pinned ? <Check size={15} /> : <Pin size={15} />,
    run: () => setFields(workbench, cell.id, { pinned: !cell.pinned }),
  });
  if (!isCode(cell))
    choices.push({ id: "name", label: "Result name…", icon: <Tag size={15} />, run: () => ask("result") });
  if (cell.mode === "sql")
    choices.push({
      id: "database",
      label: "Database…",
      icon: <Database size={15} />,
      run: () => ask("database"),
    });
  if (isInterpreter(cell.mode))
    choices.push({
      id: "format",
      label: "Output format…",
      icon: <FileOutput size={15} />,
      run: () => ask("format"),
    });
  return { choices };
}

function foldChoice(fold: Fold): Choice {
  return fold.show === "open"
    ? { id: "fold", label: "Hide code", icon: <FoldVertical size={15} />, run: fold.close }
    : { id: "fold", label: "Show code", icon: <UnfoldVertical size={15} />, run: fold.open };
}

/** One of several values, the present one ticked. */
function option<T extends string>(value: T, now: T, label: string, set: (value: T) => void): Choice {
  const icon = value === now ? <Check size={15} /> : <span style={{ width: 15 }} />;
  return { id: value, label, icon, run: () => value !== now && set(value) };
}

/** Whether the author chooses where the cell runs, and its names are those that it declares. */
function isCode({ mode }: Cell): boolean {
  return mode === "ts" || mode === "js" || mode === "ojs";
}

/** A cell of Observable's JavaScript can become TypeScript where that means the same. */
function convertGroup(workbench: Workbench, cell: Cell): ChoiceGroup[] {
  const text = toTypeScript(cell, workbench.session.notebook.get().cells);
  if (text === null) return [];
  const run = () => convertCell(workbench, cell, "ts", text);
  return [{ choices: [{ id: "convert", label: "Convert to TypeScript", icon: <Replace size={15} />, run }] }];
}

function modeGroup(workbench: Workbench, cell: Cell): ChoiceGroup {
  const set = (mode: string) => setFields(workbench, cell.id, { mode });
  const own = cell.mode in modeTexts && !newModes.some((mode) => mode === cell.mode);
  const modes: readonly Mode[] = own ? [...newModes, cell.mode as Mode] : newModes;
  return {
    title: "Language",
    choices: modes.map((mode) => option<string>(mode, cell.mode, modeTexts[mode].name, set)),
  };
}

function placeGroup(workbench: Workbench, cell: Cell): ChoiceGroup {
  const set = (place: Place) => setFields(workbench, cell.id, { place });
  return {
    title: "Runs in",
    choices: [
      option<Place>("browser", cell.place, "Browser", set),
      option<Place>("kernel", cell.place, "Kernel (Node)", set),
    ],
  };
}

function runGroup(workbench: Workbench, cell: Cell): ChoiceGroup {
  const set = (run: RunPolicy) => setFields(workbench, cell.id, { run });
  return {
    title: "Runs when",
    choices: [
      option<RunPolicy>("auto", cell.run, "Something it uses changes", set),
      option<RunPolicy>("manual", cell.run, "I run it", set),
      option<RunPolicy>("once", cell.run, "Once: its result is kept", set),
      option<RunPolicy>("off", cell.run, "Never", set),
    ],
  };
}

function deleteGroup(workbench: Workbench, cell: Cell): ChoiceGroup {
  return {
    choices: [
      {
        id: "delete",
        label: "Delete",
        icon: <Trash2 size={15} />,
        danger: true,
        run: () => deleteCell(workbench, cell.id),
      },
    ],
  };
}
