import type { Description } from "./output.ts";
import { previewText, titleText } from "./preview.ts";

/** A value as plain text for consoles and terminals: strings as they are, composites on one line with their class. */
export function descriptionText(description: Description): string {
  if (description.kind === "string") return description.text;
  if (description.kind === "array" || description.kind === "error") return bare(description);
  const title = description.size === undefined ? "" : titleText(description);
  return [title, previewText(description, 200)].filter(Boolean).join(" ");
}

function bare(description: Description): string {
  return description.kind === "error" ? description.text : previewText(description, 200);
}
