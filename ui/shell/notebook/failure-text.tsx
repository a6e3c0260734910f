import type { ReactNode } from "react";
import type { Failure } from "../../../kernel/notebook/errors.ts";
import { CellLink } from "./cell-link.tsx";

/** What may be a link, or code: `cell 3`, a name, something between backticks. */
const words = /cell (\d+)\b|`([^`]+)`|[\p{ID_Start}$_][\p{ID_Continue}$]*/gu;

/** A text of a failure; the cells and names that it speaks of are links. */
export function FailureText({ text, failure }: { readonly text: string; readonly failure: Failure }) {
  const parts: ReactNode[] = [];
  let end = 0;
  for (const found of text.matchAll(words)) {
    const part = partOf(found, failure);
    if (part === null) continue;
    parts.push(text.slice(end, found.index), <span key={found.index}>{part}</span>);
    end = found.index + found[0].length;
  }
  return [...parts, text.slice(end)];
}

function partOf([word, cell, code]: RegExpExecArray, { cells = [], names = {} }: Failure): ReactNode {
  if (cell !== undefined) return cells.includes(Number(cell)) ? <CellLink id={Number(cell)} /> : null;
  if (code !== undefined) return <code>{code}</code>;
  const definer = Object.hasOwn(names, word) ? names[word] : undefined;
  return definer === undefined ? null : <CellLink id={definer}>{word}</CellLink>;
}

/** The cells whose links stand in the failure's message. */
export function linkedCells({ message, cells = [], names = {} }: Failure): readonly number[] {
  const told = [...message.matchAll(/cell (\d+)\b/g)].map(([, id]) => Number(id));
  return [...cells.filter((id) => told.includes(id)), ...Object.values(names)];
}
