import { createElement, type DomElement, type DomParent } from "./dom.ts";

/**
 * Replaces input widgets by what they were set to: a report is not there to be operated. A table in a form stays,
 * without its check boxes.
 */
export function settleInputs(root: DomParent): void {
  for (const form of [...root.querySelectorAll("form")]) settleForm(form);
  for (const input of [...root.querySelectorAll("input, select, textarea, button")]) settleLoose(input);
}

function settleForm(form: DomElement): void {
  if (form.querySelector("table")) return settleTable(form);
  const value = shownValue([...form.querySelectorAll("input, select, textarea")]);
  if (value === null) return form.remove();
  const line = createElement("p", { class: "setting" });
  const label = labelOf(form);
  if (label) line.append(createElement("span", { class: "setting-label" }, label), " ");
  line.append(createElement("span", { class: "setting-value" }, value));
  form.replaceWith(line);
}

function settleTable(form: DomElement): void {
  for (const input of [...form.querySelectorAll("input")]) {
    const cell = input.closest("td, th");
    // The cell stays, unseen: Inputs aligns columns by their number.
    if (cell && !(cell.textContent ?? "").trim()) cell.setAttribute("style", "display:none");
    input.remove();
  }
}

function settleLoose(input: DomElement): void {
  const value = shownValue([input]);
  if (value === null) input.remove();
  else input.replaceWith(createElement("span", { class: "setting-value" }, value));
}

/** The form's own label: the first one, unless it belongs to one choice of several. */
function labelOf(form: DomElement): string {
  const own = [...form.querySelectorAll("label")].find((label) => !label.querySelector("input"));
  return (own?.textContent ?? "").trim().replace(/[:\s]+$/, "");
}

/** What the widgets of one form say together, or null when they hold nothing (a button). */
function shownValue(inputs: readonly DomElement[]): string | null {
  const choices = inputs.filter(isChoice);
  if (choices.length) return choiceText(choices);
  const input = inputs.find(holdsValue);
  if (!input) return null;
  if (input.localName === "select") return selectedText(input);
  return (input.localName === "textarea" ? input.textContent : input.getAttribute("value")) ?? "";
}

const isChoice = (input: DomElement) => /^(radio|checkbox)$/.test(input.getAttribute("type") ?? "");

const holdsValue = (input: DomElement) =>
  input.localName !== "button" &&
  !/^(hidden|submit|button|reset|image|file|password|radio|checkbox)$/.test(input.getAttribute("type") ?? "");

function choiceText(choices: readonly DomElement[]): string {
  const checked = choices.filter((input) => input.hasAttribute("checked"));
  if (choices.length === 1 && choices[0]?.getAttribute("type") === "checkbox")
    return checked.length ? "yes" : "no";
  return checked.map((input) => (input.closest("label")?.textContent ?? "").trim()).join(", ") || "none";
}

function selectedText(select: DomElement): string {
  const options = [...select.querySelectorAll("option")];
  const selected = options.filter((option) => option.hasAttribute("selected"));
  const shown = selected.length || select.hasAttribute("multiple") ? selected : options.slice(0, 1);
  return shown.map((option) => (option.textContent ?? "").trim()).join(", ") || "none";
}
