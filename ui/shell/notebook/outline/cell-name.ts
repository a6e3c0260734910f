import { findCell } from "../../../../kernel/notebook/document/notebook.ts";
import { inputError } from "../../../../kernel/notebook/errors.ts";
import { setFields } from "../actions.ts";
import type { Workbench } from "../context.ts";

/**
 * Asks for a cell's name and sets it; no name takes it away. Within a notebook a name is one cell's, so that what is said
 * of "load" is clear.
 * @throws UserError if another cell has it
 */
export async function renameCell(workbench: Workbench, cell: number): Promise<void> {
  const { session, questions } = workbench;
  const name = await questions.text({
    title: `Name of cell ${cell}`,
    label: "Shown in the outline, in links and in messages; empty for none",
    value: findCell(session.notebook.get(), cell)?.name ?? "",
    action: "Set name",
    optional: true,
  });
  if (name === null) return;
  const other = session.notebook
    .get()
    .cells.find((each) => name !== "" && each.name === name && each.id !== cell);
  if (other) throw inputError(`Cell ${other.id} has the name "${name}".`, "Choose another one.");
  setFields(workbench, cell, { name: name === "" ? null : name });
}
