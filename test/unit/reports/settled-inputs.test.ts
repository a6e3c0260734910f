import { expect, test } from "vitest";
import { parseInto } from "../../../kernel/reports/dom.ts";
import { settleInputs } from "../../../kernel/reports/settled-inputs.ts";

function settled(html: string): string {
  const root = parseInto("div", html);
  settleInputs(root);
  return (root.textContent ?? "").replace(/\s+/g, " ").trim();
}

test("a range shows its label and number", () => {
  expect(
    settled(
      '<form><label>Late starts at</label><div><input type="number" value="15"><input type="range" value="15"></div></form>',
    ),
  ).toBe("Late starts at 15");
});

test("a list of choices shows the chosen ones", () => {
  const options = "<option value=0>coffees</option><option value=1 selected>flights</option>";
  expect(settled(`<form><label>Table</label><select>${options}</select></form>`)).toBe("Table flights");
  expect(
    settled("<form><label>Table</label><select><option>a</option><option>b</option></select></form>"),
  ).toBe("Table a");
  expect(settled("<form><label>Many</label><select multiple><option>a</option></select></form>")).toBe(
    "Many none",
  );
});

test("check boxes and radio buttons show what is checked", () => {
  const boxes = '<label><input type="checkbox" checked>red</label><label><input type="checkbox">blue</label>';
  expect(settled(`<form><label>Colours</label><div>${boxes}</div></form>`)).toBe("Colours red");
  expect(settled('<form><label>Smooth</label><input type="checkbox" checked></form>')).toBe("Smooth yes");
  expect(settled('<form><label>Smooth</label><input type="checkbox"></form>')).toBe("Smooth no");
});

test("buttons go, tables in forms stay without their check boxes", () => {
  expect(settled("<form><button>Run</button></form>")).toBe("");
  const table = '<table><tr><td><input type="checkbox"></td><td>1</td></tr></table>';
  expect(settled(`<form>${table}</form>`)).toBe("1");
});

test("a password is never shown", () => {
  expect(settled('<form><label>Key</label><input type="password" value="hunter2"></form>')).not.toContain(
    "hunter2",
  );
});
