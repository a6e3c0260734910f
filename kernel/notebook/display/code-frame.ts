import type { Place } from "../compiler/place.ts";

/** Characters of a line that are shown around a place. */
const widest = 100;

/** The author's line and below it a caret under the place, as two lines of text; none when the text has no such line. */
export function codeFrame(source: string, { line, column }: Place): readonly string[] {
  const text = source.split(/\r\n?|\n/)[line - 1];
  if (text === undefined) return [];
  const at = Math.min(column - 1, text.length);
  const from = text.length <= widest ? 0 : Math.max(0, Math.min(at - widest / 2, text.length - widest));
  const [start, end] = [from > 0 ? "…" : "", from + widest < text.length ? "…" : ""];
  const shown = `${start}${text.slice(from, from + widest)}${end}`;
  const before = `${start}${text.slice(from, at)}`;
  const number = String(line);
  return [`${number} | ${shown}`, `${" ".repeat(number.length)} | ${blank(before)}^`];
}

/** As wide as the text in a terminal: tabs stay, East Asian characters and emoji are two columns wide. */
function blank(text: string): string {
  return Array.from(text, (character) =>
    character === "\t" ? "\t" : " ".repeat(isWide(character) ? 2 : 1),
  ).join("");
}

function isWide(character: string): boolean {
  return /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|[\u{20000}-\u{3ffff}]/u.test(
    character,
  );
}
