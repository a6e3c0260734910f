import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import { input, observe, queue } from "../../../kernel/notebook/library/generators.ts";
import { markdownTag, renderMarkdown } from "../../../kernel/notebook/library/markdown.ts";
import { Mutable } from "../../../kernel/notebook/library/mutable.ts";
import { identifier, sqlTemplate, tableIdentifier } from "../../../kernel/notebook/library/sql-template.ts";

const sql = (strings: TemplateStringsArray, ...values: unknown[]) => sqlTemplate(strings, values);

describe("sqlTemplate", () => {
  test("binds every value and numbers equal ones alike", () => {
    const day = new Date();
    expect(sql`SELECT * FROM t WHERE a = ${1} AND b > ${day} AND c = ${1}`).toEqual({
      sql: "SELECT * FROM t WHERE a = $1 AND b > $2 AND c = $1",
      params: [1, day],
    });
  });

  test("never puts text of a value into the query", () => {
    const { sql: text, params } = sql`SELECT ${"'; DROP TABLE t; --"}`;
    expect(text).toBe("SELECT $1");
    expect(params).toEqual(["'; DROP TABLE t; --"]);
  });

  test("quotes identifiers", () => {
    expect(identifier('my "col"').text).toBe('"my ""col"""');
    expect(tableIdentifier("main.sales").text).toBe('"main"."sales"');
    expect(sql`SELECT ${identifier("a.b")} FROM ${tableIdentifier("t")}`.sql).toBe('SELECT "a.b" FROM "t"');
    expect(() => identifier("")).toThrow(/no name/);
    expect(() => identifier(undefined as unknown as string)).toThrow(/no name/);
  });

  test("refuses what no parameter can hold, and says what to do", () => {
    expect(() => sql`SELECT ${undefined}`).toThrow("value 1 of the query is undefined");
    expect(() => sql`SELECT ${1}, ${Math.max}`).toThrow("value 2 of the query is a function (max)");
    expect(() => sql`SELECT ${Promise.resolve(1)}`).toThrow(/promise/);
    expect(() => sql`SELECT ${Symbol("x")}`).toThrow(/symbol/);
  });

  test("takes NaN for equal to itself", () => {
    expect(sql`SELECT ${Number.NaN}, ${Number.NaN}`.params).toHaveLength(1);
  });
});

describe("markdown", () => {
  const { document } = parseHTML("<!doctype html><body></body>");
  const md = markdownTag(document as unknown as Parameters<typeof markdownTag<HTMLElement>>[0]);
  const render = (strings: TemplateStringsArray, ...values: unknown[]) =>
    renderMarkdown(strings, values).html;

  test("makes interpolated text part of the Markdown, arrays joined without commas", () => {
    const rows = ["| a | 1 |\n", "| b | 2 |\n"];
    expect(render`| k | v |\n|---|---|\n${rows}`).toContain("<td>b</td>");
    expect(render`Sum **${1 + 1}** on ${new Date("2024-01-02")}`).toContain(
      "<strong>2</strong> on 2024-01-02",
    );
    expect(render`${{ a: 1 }}`).toContain("{a: 1}");
  });

  test("puts nodes in their place, in tables, headings and alone", () => {
    const node = (text: string) => Object.assign(document.createElement("b"), { textContent: text });
    const element = md`# Title ${node("one")}\n\n${node("alone")}\n\n| h |\n|---|\n| ${node("cell")} |\n\n- ${[node("x"), "y"]}`;
    expect(element.querySelector("h1 b")?.textContent).toBe("one");
    expect(element.querySelector("td b")?.textContent).toBe("cell");
    expect(element.querySelector("li")?.innerHTML).toBe("<b>x</b>y");
    expect(Array.from(element.children, (each) => each.tagName)).toContain("B");
    expect(element.querySelector("p")).toBeNull();
    expect(element.querySelector("[data-hole]")).toBeNull();
  });

  test("drops indentation that all lines share, and keeps an indented code block", () => {
    expect(render`
      # Title
      text`).toContain("<h1>Title</h1>");
    expect(render`Text\n\n    code`).toContain("<pre><code>code");
  });
});

describe("generators", () => {
  const take = async (stream: Iterator<unknown>) => await stream.next().value;

  test("observe gives the latest value and drops those in between", async () => {
    let change: (value: number) => void = () => undefined;
    const stream = observe<number>((tell) => {
      change = tell;
    });
    const first = take(stream);
    change(1);
    expect(await first).toBe(1);
    change(2);
    change(3);
    expect(await take(stream)).toBe(3);
  });

  test("queue gives every value in order", async () => {
    const stream = queue<number>((tell) => [1, 2, 3].forEach(tell));
    expect([await take(stream), await take(stream), await take(stream)]).toEqual([1, 2, 3]);
  });

  test("return disposes once and ends", () => {
    let disposed = 0;
    const stream = observe(() => () => ++disposed);
    stream.return();
    stream.return();
    expect(disposed).toBe(1);
    expect(stream.next()).toEqual({ done: true, value: undefined });
  });

  test("input yields a range as a number and a checkbox as a boolean, now and on change", async () => {
    const range = Object.assign(new EventTarget(), { type: "range", valueAsNumber: 5 });
    const stream = input(range);
    expect(await take(stream)).toBe(5);
    range.valueAsNumber = 7;
    range.dispatchEvent(new Event("input"));
    expect(await take(stream)).toBe(7);
    const box = Object.assign(new EventTarget(), { type: "checkbox", checked: true });
    expect(await take(input(box))).toBe(true);
  });

  test("Mutable tells who follows it of each new value", async () => {
    const count = Mutable(1);
    expect(await take(count)).toBe(1);
    count.value++;
    expect(count.value).toBe(2);
    expect(await take(count)).toBe(2);
  });
});
