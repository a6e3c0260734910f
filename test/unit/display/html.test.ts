import { tableFromArrays, tableToIPC } from "@uwdata/flechette";
import { parseHTML } from "linkedom";
import { expect, describe as suite, test } from "vitest";
import { cellText } from "../../../kernel/notebook/display/cell-text.ts";
import { describe } from "../../../kernel/notebook/display/describe.ts";
import { descriptionHtml } from "../../../kernel/notebook/display/inspector.ts";
import { outputsHtml } from "../../../kernel/notebook/display/outputs-html.ts";
import { outputStyles } from "../../../kernel/notebook/display/styles.ts";
import { tableHtml } from "../../../kernel/notebook/display/table-html.ts";

const dom = (html: string) => parseHTML(`<!doctype html><html><body>${html}</body></html>`).document;
const hostile = `<img src=x onerror="alert(1)">'&`;

suite("descriptionHtml", () => {
  test("opens and closes without script", () => {
    const document = dom(descriptionHtml(describe({ a: { b: [1, 2] } })));
    expect(document.querySelectorAll("details").length).toBe(3);
    expect(document.querySelector("script")).toBeNull();
    expect(document.querySelector("details details summary .pc-key")?.textContent).toBe("a");
  });

  test("escapes every text of the value's own", () => {
    class Named {}
    Object.defineProperty(Named, "name", { value: hostile });
    const value = {
      [hostile]: hostile,
      map: new Map([[hostile, new Named()]]),
      error: new Error(hostile),
      f: Named,
    };
    const html = descriptionHtml(describe(value));
    expect(html).not.toContain("<img");
    expect(dom(html).querySelector("img")).toBeNull();
    expect(dom(html).body.textContent).toContain(hostile);
  });

  test("says how many entries and characters are left out", () => {
    expect(descriptionHtml(describe(Array.from({ length: 1234 }, (_, i) => i)))).toContain("1,184 more");
    expect(descriptionHtml(describe("x".repeat(12_000)))).toContain("12,000 characters in all");
  });
});

suite("cellText", () => {
  test("writes numbers with separators and as many digits as they carry", () => {
    expect(cellText(1234567, "INTEGER")).toBe("1,234,567");
    expect(cellText(9007199254740993n, "BIGINT")).toBe("9,007,199,254,740,993");
    expect(cellText(0.1 + 0.2, "DOUBLE")).toBe("0.3");
    expect(cellText(1e-9, "DOUBLE")).toBe("1e-9");
    expect(cellText(2.5, "DECIMAL(10,2)")).toBe("2.50");
    expect(cellText(Number.NaN, "DOUBLE")).toBe("NaN");
  });

  test("writes dates as ISO; a timestamp says its midnight", () => {
    const noon = new Date("2024-03-01T12:00:00Z");
    expect(cellText(noon, "TIMESTAMP")).toBe("2024-03-01 12:00:00");
    expect(cellText(noon, "DATE")).toBe("2024-03-01");
    expect(cellText(new Date("2024-03-01T00:00:00Z"), "TIMESTAMP")).toBe("2024-03-01 00:00:00");
    expect(cellText(noon.getTime(), "TIMESTAMP")).toBe("2024-03-01 12:00:00");
  });

  test("writes missing values as nothing, bytes as hex, nested values on a line", () => {
    expect(cellText(null, "VARCHAR")).toBe("");
    expect(cellText(Uint8Array.of(1, 255), "BLOB")).toBe("01 ff");
    expect(cellText({ a: [1, 2] }, "STRUCT")).toBe("{a: [1, 2]}");
  });
});

suite("tableHtml", () => {
  const rows = [
    { year: 2024, price: 1234.5, name: hostile, gone: null },
    { year: 2025, price: 2, name: "b", gone: undefined },
  ];

  test("shows header, rows and how many there are", () => {
    const document = dom(tableHtml(rows, { rowCount: 3_000_000 }));
    const heads = Array.from(document.querySelectorAll("th .pc-column-name"), (each) => each.textContent);
    expect(heads).toEqual(["year", "price", "name", "gone"]);
    expect(document.querySelectorAll("tbody tr").length).toBe(2);
    expect(document.querySelector("figcaption")?.textContent).toBe("2 of 3,000,000 rows");
    expect(document.querySelector("img")).toBeNull();
  });

  test("aligns numbers right, mutes nulls and keeps the digits of years together", () => {
    const cells = Array.from(dom(tableHtml(rows)).querySelectorAll("tbody tr:first-child td"));
    expect(cells.map((each) => each.textContent)).toEqual(["2024", "1,234.5", hostile, "null"]);
    expect(cells.map((each) => each.className)).toEqual(["pc-right", "pc-right", "", ""]);
    expect(cells[3]?.querySelector(".pc-null")).not.toBeNull();
  });

  test("survives an empty table and one with very many columns", () => {
    expect(dom(tableHtml([])).querySelector("figcaption")?.textContent).toBe("0 rows");
    const wide = [Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`c${i}`, i]))];
    expect(dom(tableHtml(wide)).querySelectorAll("th").length).toBe(100);
    expect(tableHtml(wide)).toContain("100 of 500 columns");
  });
});

suite("outputsHtml", () => {
  test("draws each kind of output", () => {
    const head = tableToIPC(tableFromArrays({ n: [1, 2] }), { format: "stream" }) as Uint8Array;
    const html = outputsHtml([
      { type: "html", html: "<b>bold</b>" },
      { type: "text", text: hostile },
      { type: "value", value: describe([1]) },
      { type: "table", table: { id: null, columns: [{ name: "n", type: "BIGINT" }], rowCount: 7, head } },
    ]);
    const document = dom(html);
    expect(document.querySelectorAll(".pc-output").length).toBe(4);
    expect(document.querySelector("b")?.textContent).toBe("bold");
    expect(document.querySelector("pre")?.textContent).toBe(hostile);
    expect(document.querySelector("figcaption")?.textContent).toBe("2 of 7 rows");
    expect(document.querySelector("img")).toBeNull();
  });
});

suite("outputStyles", () => {
  const colours = Object.fromEntries(
    Array.from(
      outputStyles.matchAll(/--pc-([\w-]+): light-dark\((#\w+), (#\w+)\)/g),
      ([, name, light, dark]) => [name, [light, dark] as [string, string]],
    ),
  );

  test.each([
    ["light", 0],
    ["dark", 1],
  ] as const)("every text colour has 4.5 : 1 in the %s theme", (_, theme) => {
    for (const text of ["text", "muted", "accent", "blue", "red", "green", "violet", "brown"])
      for (const ground of ["bg", "surface"])
        expect(
          contrast(colours[text]?.[theme], colours[ground]?.[theme]),
          `${text} on ${ground}`,
        ).toBeGreaterThan(4.5);
  });

  test("has balanced braces and nothing that ends a style element", () => {
    expect(outputStyles.split("{").length).toBe(outputStyles.split("}").length);
    expect(outputStyles).not.toContain("</");
  });
});

function contrast(a = "", b = ""): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
