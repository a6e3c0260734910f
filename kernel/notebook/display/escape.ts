const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text made safe as HTML text and as a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => entities[char] ?? char);
}

/** `<span class="pc-KIND">text</span>`, escaped. */
export function span(name: string, text: string): string {
  return `<span class="pc-${name}">${escapeHtml(text)}</span>`;
}
