import { scriptEnd } from "./scan.ts";

/**
 * How a cell's source stands between its script tags: on lines of its own, indented by 4, with `</script` as `<\/script`.
 * A source that would still end its script early, or run past its end, is written with `<!--` and `</script/` escaped
 * in the same way; such a script says so by the attribute `escaped`.
 */
export interface ScriptText {
  readonly body: string;
  readonly escaped: boolean;
}

/** The source that a script's content stands for. */
export function toSource({ body, escaped }: ScriptText): string {
  return dedent(unescaped(body, escaped));
}

/** Canonical content for a source. */
export function toScript(source: string, eol: string): ScriptText {
  const lines = source.split("\n");
  const write = (escaped: boolean) =>
    `${eol}${lines.map((line) => indent(escapeLine(line, escaped))).join(eol)}${eol}  `;
  const plain = write(false);
  return closes(plain) ? { body: plain, escaped: false } : { body: write(true), escaped: true };
}

/**
 * Content for a source that keeps the bytes of all lines before and after those that changed, and the style of indentation.
 * @param old content as it is in the file
 */
export function patchScript(old: ScriptText, source: string, eol: string): ScriptText {
  if (toSource(old) === "") return toScript(source, eol);
  const body = patchLines(old, source.split("\n"), eol);
  const patched = { body, escaped: old.escaped };
  return closes(body) && toSource(patched) === source ? patched : toScript(source, eol);
}

function closes(body: string): boolean {
  return scriptEnd(`${body}</script>`, 0) === body.length;
}

function patchLines(old: ScriptText, now: readonly string[], eol: string): string {
  const { head, lines, breaks, tail } = split(old.body);
  const before = toSource(old).split("\n");
  const most = Math.min(before.length, now.length, lines.length);
  const first = count(most, (i) => before[i] === now[i]);
  const last = count(most - first, (i) => before[before.length - 1 - i] === now[now.length - 1 - i]);
  const indented = lines.every((line) => !line.trim()) || lines.some((line) => line.startsWith("    "));
  const fresh = now.slice(first, now.length - last).map((line) => {
    const text = escapeLine(line, old.escaped);
    return indented || line.startsWith("    ") ? indent(text) : text;
  });
  const from = lines.length - last;
  const parts = [...lines.slice(0, first), ...fresh, ...lines.slice(from)];
  const between = parts.slice(1).map((_, i) => {
    if (i + 1 < first) return breaks[i] ?? eol;
    const right = i + 1 - (parts.length - last);
    return right > 0 ? (breaks[from + right - 1] ?? eol) : eol;
  });
  return head + parts.map((part, i) => part + (between[i] ?? "")).join("") + tail;
}

/** Content as the lines that count, the breaks between them, and the blank first and last line that do not count. */
function split(body: string) {
  const parts = body.split(/(\r\n?|\n)/);
  const lines = parts.filter((_, index) => index % 2 === 0);
  const breaks = parts.filter((_, index) => index % 2 === 1);
  const tail = isBlank(lines.at(-1)) ? (breaks.pop() ?? "") + (lines.pop() ?? "") : "";
  const head = isBlank(lines[0]) ? (lines.shift() ?? "") + (breaks.shift() ?? "") : "";
  return { head, lines, breaks, tail };
}

function dedent(body: string): string {
  return split(body)
    .lines.map((line) => line.replace(/^ {4}/, ""))
    .join("\n");
}

function indent(line: string): string {
  return line === "" ? "" : `    ${line}`;
}

function escapeLine(line: string, escaped: boolean): string {
  const plain = line.replace(/<(?=\\*\/script(\s|>|$))/gi, "<\\");
  return escaped ? plain.replace(/<(?=\\*(!--|\/script\/))/gi, "<\\") : plain;
}

function unescaped(body: string, escaped: boolean): string {
  const plain = body.replace(/<\\(?=\\*\/script(\s|>))/gi, "<");
  return escaped ? plain.replace(/<\\(?=\\*(!--|\/script\/))/gi, "<") : plain;
}

function isBlank(line: string | undefined): boolean {
  return line !== undefined && /^\s*$/.test(line);
}

function count(most: number, same: (index: number) => boolean): number {
  let sum = 0;
  while (sum < most && same(sum)) sum++;
  return sum;
}
