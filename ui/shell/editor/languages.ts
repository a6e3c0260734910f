import { html } from "@codemirror/lang-html";
import { javascript } from "@codemirror/lang-javascript";
import { markdown } from "@codemirror/lang-markdown";
import { PostgreSQL, type SQLNamespace, sql } from "@codemirror/lang-sql";
import type { LanguageSupport } from "@codemirror/language";

const typescript = javascript({ typescript: true });
const plainJavascript = javascript();

const fenced = (info: string) => {
  if (/^(ts|typescript)\b/.test(info)) return typescript.language;
  if (/^(js|javascript)\b/.test(info)) return plainJavascript.language;
  return /^sql\b/.test(info) ? PostgreSQL.language : null;
};

const markup = html();
const prose = markdown({ codeLanguages: fenced, completeHTMLTags: false });

/** Language of a cell's text. Modes that we do not know are plain text. */
export function languageOf(mode: string, tables: SQLNamespace = {}): LanguageSupport | null {
  switch (mode) {
    case "ts":
    case "node":
      return typescript;
    case "js":
    case "ojs":
      return plainJavascript;
    case "sql":
      return sql({ dialect: PostgreSQL, schema: tables });
    case "md":
      return prose;
    case "html":
      return markup;
    default:
      return null;
  }
}
