import type { Place, RunPolicy } from "../../../kernel/notebook/document/notebook.ts";
import type { Failure } from "../../../kernel/notebook/errors.ts";
import type { GraphCell } from "../../../kernel/notebook/graph/analysis.ts";

export interface CellSketch {
  readonly id?: number;
  readonly place?: Place;
  readonly run?: RunPolicy;
  readonly failure?: Failure;
}

/** `a b <- c d` is a cell that defines a and b and uses c and d. */
export function graphCell(text: string, id: number, { place, run, failure }: CellSketch = {}): GraphCell {
  const [outputs = "", inputs = ""] = text.split("<-");
  const names = (list: string) => list.split(" ").filter((name) => name !== "");
  return {
    id,
    place: place ?? "browser",
    run: run ?? "auto",
    compiled: {
      inputs: names(inputs),
      outputs: names(outputs),
      body: "",
      lineOffset: 1,
      imports: [],
      ...(failure ? { failure } : {}),
    },
  };
}

/** Cells 1, 2, 3 … */
export function graphCells(...texts: readonly (string | readonly [string, CellSketch])[]): GraphCell[] {
  return texts.map((text, index) =>
    typeof text === "string"
      ? graphCell(text, index + 1)
      : graphCell(text[0], text[1].id ?? index + 1, text[1]),
  );
}
