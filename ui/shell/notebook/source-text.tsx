import type { ReactNode } from "react";
import { cellOfSource } from "../../../kernel/notebook/compiler/frames.ts";
import { CellLink } from "./cell-link.tsx";

const places = /(cell-\d+\.ts):(\d+):(\d+)/g;

/** A printed text in which places in cells are links: `cell-3.ts:2:9`. */
export function SourceText({ text }: { readonly text: string }) {
  const parts: ReactNode[] = [];
  let end = 0;
  for (const found of text.matchAll(places)) {
    const [place, source = "", line, column] = found;
    const id = cellOfSource(source) ?? 0;
    parts.push(
      text.slice(end, found.index),
      <CellLink key={found.index} id={id} place={{ line: Number(line), column: Number(column) }}>
        {`cell ${id} ${line}:${column}`}
      </CellLink>,
    );
    end = found.index + place.length;
  }
  return [...parts, text.slice(end)];
}
