import type { NamedTable, TableField } from "../../../../kernel/notebook/language.ts";
import type { Snippet } from "./snippet.ts";

/** A chart of a variable's rows, after the kinds of its columns: over time, by category, or one number against another. */
export function chartOf({ name, fields }: NamedTable): Snippet | null {
  const [mark, more] = markOf(name, fields);
  if (!mark) return null;
  const source = `Plot.plot({\n  marks: [\n    ${mark},${more ? `\n    ${more},` : ""}\n  ],\n})`;
  return { id: `chart:${name}`, title: `Chart of ${name}`, words: "plot", cells: [{ mode: "ts", source }] };
}

function markOf(name: string, fields: readonly TableField[]): [mark?: string, more?: string] {
  const of = (kind: TableField["kind"]) =>
    fields.filter((field) => field.kind === kind).map((each) => q(each.name));
  const [dates, numbers, texts] = [of("date"), of("number"), of("text")];
  const [date, number, other, text] = [dates[0], numbers[0], numbers[1], texts[0]];
  const stroke = text ? `, stroke: ${text}` : "";
  if (date && number) return [`Plot.lineY(${name}, { x: ${date}, y: ${number}${stroke}, tip: true })`];
  if (number && other) return [`Plot.dot(${name}, { x: ${number}, y: ${other}${stroke}, tip: true })`];
  if (text && number)
    return [
      `Plot.barY(${name}, Plot.groupX({ y: "sum" }, { x: ${text}, y: ${number}, sort: { x: "-y" }, tip: true }))`,
      "Plot.ruleY([0])",
    ];
  if (number)
    return [`Plot.rectY(${name}, Plot.binX({ y: "count" }, { x: ${number}, tip: true }))`, "Plot.ruleY([0])"];
  if (date)
    return [`Plot.rectY(${name}, Plot.binX({ y: "count" }, { x: ${date}, tip: true }))`, "Plot.ruleY([0])"];
  if (text)
    return [`Plot.barY(${name}, Plot.groupX({ y: "count" }, { x: ${text}, tip: true }))`, "Plot.ruleY([0])"];
  return [];
}

const q = (name: string) => JSON.stringify(name);
