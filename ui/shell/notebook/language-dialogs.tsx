import { Dialog } from "../app/dialog.tsx";
import { Prompt } from "../app/prompt.tsx";
import { useStore } from "../app/store.ts";
import type { Asking } from "./cell-language.ts";
import { useWorkbench } from "./context.ts";

/** Asks a new name, which of several places to go to, or a line of text. */
export function LanguageDialogs() {
  const { questions } = useWorkbench();
  const asking = useStore(questions.open, (open) => open);
  if (asking?.type === "name") return <NewName asking={asking} />;
  if (asking?.type === "text") {
    const { done, type: _type, ...question } = asking;
    return <Prompt {...question} onDone={done} onClose={() => done(null)} />;
  }
  if (asking?.type === "use") return <Uses asking={asking} />;
  return null;
}

function NewName({ asking: { name, done } }: { readonly asking: Extract<Asking, { type: "name" }> }) {
  return (
    <Prompt
      title={`Rename ${name}`}
      label="New name, in all cells"
      value={name}
      action="Rename"
      onDone={done}
      onClose={() => done(null)}
    />
  );
}

function Uses({ asking: { uses, done } }: { readonly asking: Extract<Asking, { type: "use" }> }) {
  return (
    <Dialog title={uses.length === 1 ? "1 use" : `${uses.length} uses`} onClose={() => done(null)}>
      <ul className="uses">
        {uses.map(({ cell, from, line }, index) => (
          <li key={`${cell} ${from}`}>
            <button type="button" onClick={() => done(index)}>
              <span className="muted">cell {cell}</span>
              <code>{line}</code>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
