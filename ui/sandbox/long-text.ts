import { failureText, toFailure } from "../../kernel/notebook/errors.ts";
import type { Inspected } from "./inspected.ts";

/** Characters that come at each press, and that are fetched at once to be copied. */
const step = 20_000;
const chunk = 4_000_000;

/** Buttons below a string that is cut: more of it, or all of it into the clipboard. */
export function longTextButtons(value: Inspected, text: Text): HTMLElement {
  const bar = document.createElement("span");
  bar.className = "pc-text-buttons";
  const size = value.description.size ?? 0;
  const more = button("Show more", async () => {
    text.data += await value.text(text.length, step);
    if (text.length >= size) more.remove();
  });
  const copy = button("Copy all", async () => {
    await navigator.clipboard.writeText(await wholeText(value, size));
    copy.textContent = "Copied";
  });
  bar.append(more, copy);
  return bar;
}

async function wholeText(value: Inspected, size: number): Promise<string> {
  const parts: string[] = [];
  for (let from = 0; from < size; from += chunk) parts.push(await value.text(from, chunk));
  return parts.join("");
}

function button(label: string, press: () => Promise<void>): HTMLButtonElement {
  const made = document.createElement("button");
  made.className = "pc-more";
  made.textContent = label;
  made.addEventListener("click", () => {
    made.disabled = true;
    press()
      .catch((error: unknown) => {
        made.textContent = failureText(toFailure(error));
      })
      .finally(() => {
        made.disabled = false;
      });
  });
  return made;
}
