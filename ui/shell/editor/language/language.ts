import { autocompletion } from "@codemirror/autocomplete";
import { EditorState, type Extension } from "@codemirror/state";
import { languageCommands } from "./commands.ts";
import { languageCompletion } from "./completion.ts";
import type { EditorLanguage } from "./editor-language.ts";
import { languageHover } from "./hover.ts";
import { languageSignature } from "./signature.ts";

/** All that the language service gives to the editor of a cell. In text it completes beside the language's own. */
export function languageSupport(language: EditorLanguage, mode: string): Extension {
  const source = languageCompletion(language);
  const isOurs = mode === "ts" || mode === "js" || mode === "sql";
  return [
    isOurs
      ? autocompletion({ icons: false, activateOnTypingDelay: 0, override: [source] })
      : [
          autocompletion({ icons: false, activateOnTypingDelay: 0 }),
          EditorState.languageData.of(() => [{ autocomplete: source }]),
        ],
    languageHover(language),
    languageSignature(language),
    languageCommands(language),
  ];
}
