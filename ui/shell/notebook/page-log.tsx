import { useStore } from "../app/store.ts";
import { CellConsole } from "./cell-console.tsx";
import { kernelLines, pageLines, untold } from "./cell-states.ts";
import { useWorkbench } from "./context.ts";

/** What was printed outside of any cell: by modules, child processes, timers. Below the cells, if there is any. */
export function PageLog() {
  return (
    <>
      <Log title="Printed in the kernel, by no cell" id={kernelLines} />
      <Log title="Printed in the page, by no cell" id={pageLines} />
    </>
  );
}

function Log({ title, id }: { readonly title: string; readonly id: number }) {
  const { session } = useWorkbench();
  const { lines } = useStore(session.cells, (states) => states.get(id) ?? untold);
  if (lines.length === 0) return null;
  return (
    <section className="page-log" aria-label={title}>
      <h2>{title}</h2>
      <CellConsole id={id} lines={lines} />
    </section>
  );
}
