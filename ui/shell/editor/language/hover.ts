import { hoverTooltip, type Tooltip } from "@codemirror/view";
import type { Hover } from "../../../../kernel/notebook/language.ts";
import { docView } from "./doc-view.ts";
import type { EditorLanguage } from "./editor-language.ts";

/** Type and documentation of the word under the pointer. */
export function languageHover(language: EditorLanguage) {
  return hoverTooltip(
    async (_view, at): Promise<Tooltip | null> => {
      const found = await language.ask<Hover>({ type: "hover", at }).catch(() => null);
      if (!found?.text.trim()) return null;
      return { pos: found.from, end: found.to, above: true, create: () => ({ dom: docView(found.text) }) };
    },
    { hoverTime: 350, hideOnChange: true },
  );
}
