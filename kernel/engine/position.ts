/** The part of a DuckDB message that shows where: `LINE 2: …excerpt…` and below it a caret. */
export interface Marker {
  readonly line: number;
  readonly excerpt: string;
  /** Columns of the terminal between the excerpt's start and the caret. */
  readonly caret: number;
}

const MARKER = /\n+LINE (\d+): ([^\n]*)\n( *)\^[^\n]*\s*$/;

/** Splits a DuckDB message into text and marker. */
export function splitMarker(message: string): { text: string; marker?: Marker } {
  const match = MARKER.exec(message);
  if (!match) return { text: message.trim() };
  const [, line = "1", excerpt = "", indent = ""] = match;
  const caret = indent.length - `LINE ${line}: `.length;
  return { text: message.slice(0, match.index).trim(), marker: { line: Number(line), excerpt, caret } };
}

/** The offset in `sql` that a marker points at, or undefined if it speaks of another text (a view's, say). */
export function markedOffset(sql: string, marker: Marker): number | undefined {
  const lines = sql.split("\n");
  const line = lines[marker.line - 1];
  if (line === undefined) return undefined;
  const lineStart = lines.slice(0, marker.line - 1).reduce((sum, text) => sum + text.length + 1, 0);
  // Long lines are shown in part, with dots at the cut ends.
  const cut = marker.excerpt.startsWith("...") ? 3 : 0;
  const shown = marker.excerpt.slice(cut).replace(/\.\.\.$/, "");
  const start = line.indexOf(shown);
  if (start < 0) return undefined;
  return lineStart + start + unitsWithin(shown, marker.caret - cut);
}

/** How many UTF-16 units fill `width` columns of a terminal. */
function unitsWithin(text: string, width: number): number {
  let [units, used] = [0, 0];
  for (const character of text) {
    if (used >= width) break;
    used += columnsOf(character.codePointAt(0) ?? 0);
    units += character.length;
  }
  return units;
}

/** East Asian wide characters and emoji fill two columns, combining marks none. */
function columnsOf(code: number): number {
  if (code >= 0x300 && code <= 0x36f) return 0;
  const wide =
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0xffe0 && code <= 0xffe6) ||
    (code >= 0x1f300 && code <= 0x1faff) ||
    code >= 0x20000;
  return wide ? 2 : 1;
}

/** Line and column, both from 1, of an offset. */
export function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const line = before.split("\n").length;
  return { line, column: offset - before.lastIndexOf("\n") };
}
