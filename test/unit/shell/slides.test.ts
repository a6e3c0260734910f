import { expect, test } from "vitest";
import { relativeTo } from "../../../ui/shell/files/tree.ts";
import { slidesOf } from "../../../ui/shell/notebook/view/slides.ts";

const cells = (...sources: string[]) =>
  sources.map((source, at) => ({ id: at + 1, mode: /^[#>-]|^\s/.test(source) ? "md" : "ts", source }));

test("slides begin at notes with a heading of the first two levels, or a line", () => {
  expect(slidesOf(cells("# A", "1", "## B", "### in B", "2", "---\nC", "--- no line"))).toEqual([
    [1, 2],
    [3, 4, 5],
    [6, 7],
  ]);
});

test("what comes before the first heading belongs to its slide; without any there is one slide", () => {
  expect(slidesOf(cells("1", "2", "# A", "## B"))).toEqual([[1, 2, 3], [4]]);
  expect(slidesOf(cells("1", "2"))).toEqual([[1, 2]]);
  expect(slidesOf([])).toEqual([[]]);
});

test("a `#` in code begins no slide", () => {
  expect(
    slidesOf([
      { id: 1, mode: "python", source: "# A" },
      { id: 2, mode: "md", source: "#no heading" },
    ]),
  ).toEqual([[1, 2]]);
});

test("a file is named as a notebook finds it", () => {
  expect(relativeTo("notebooks/a.html", "data/x.csv")).toBe("../data/x.csv");
  expect(relativeTo("notebooks/a.html", "notebooks/data/x.csv")).toBe("data/x.csv");
  expect(relativeTo("a.html", "x.csv")).toBe("x.csv");
  expect(relativeTo("notebooks/deep/a.html", "notebooks/b/x.csv")).toBe("../b/x.csv");
});
