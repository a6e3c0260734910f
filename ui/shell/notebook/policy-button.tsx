import { Check, Hand, Zap } from "lucide-react";
import { type NotebookPolicy, policyOf } from "../../../kernel/notebook/document/notebook.ts";
import { MenuButton } from "../app/menu.tsx";
import { useStore } from "../app/store.ts";
import { useWorkbench } from "./context.ts";

const words: Record<NotebookPolicy, { readonly name: string; readonly meaning: string }> = {
  auto: { name: "Automatic", meaning: "Cells run when something they use changes" },
  lazy: { name: "Lazy", meaning: "Cells are marked out of date, and run when you ask" },
};

/** When the cells of the notebook run. */
export function PolicyButton() {
  const { session } = useWorkbench();
  const policy = useStore(session.notebook, policyOf);
  const choose = (run: NotebookPolicy) => session.edit([{ type: "policy", run }]);
  const choice = (run: NotebookPolicy) => ({
    id: run,
    label: words[run].meaning,
    icon: run === policy ? <Check size={15} /> : <span style={{ width: 15 }} />,
    run: () => choose(run),
  });
  const { name, meaning } = words[policy];
  return (
    <MenuButton
      label={`When cells run: ${name}`}
      title={meaning}
      className="button quiet"
      groups={() => [{ title: "When cells run", choices: [choice("auto"), choice("lazy")] }]}
    >
      {policy === "lazy" ? <Hand size={15} /> : <Zap size={15} />} <span className="wide">{name}</span>
    </MenuButton>
  );
}
