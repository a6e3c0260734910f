/**
 * The code in a text with `${…}` in it, for a reader that bears with what is unfinished: as long as the text, `,(…)`
 * where `${…}` stands, blank elsewhere.
 */
export function codeOfTemplate(source: string): string {
  let code = "";
  for (let at = 0; at < source.length; ) {
    const open = nextHole(source, at);
    code += blank(source.slice(at, open));
    if (open === source.length) break;
    const close = endOfHole(source, open + 2);
    code += `,(${source.slice(open + 2, close)}${close < source.length ? ")" : ""}`;
    at = close + 1;
    if (close >= source.length) code += ")";
  }
  return code;
}

/** Whether an offset is within a `${…}`. */
export function isInHole(source: string, at: number): boolean {
  for (let open = nextHole(source, 0); open < source.length && open + 2 <= at; ) {
    const close = endOfHole(source, open + 2);
    if (at <= close) return true;
    open = nextHole(source, close + 1);
  }
  return false;
}

/** A text without what its `${…}` say: blank, as long as before. */
export function textOfTemplate(source: string): string {
  const code = codeOfTemplate(source);
  return [...source.split("")]
    .map((character, index) => (code[index] === " " ? character : blank(character)))
    .join("");
}

/** Where the next `${` starts that is none of text: after an odd number of backslashes it is. */
function nextHole(source: string, from: number): number {
  for (let open = source.indexOf("${", from); open >= 0; open = source.indexOf("${", open + 2)) {
    let backslashes = 0;
    while (source[open - 1 - backslashes] === "\\") backslashes++;
    if (backslashes % 2 === 0) return open;
  }
  return source.length;
}

/** Where the brace stands that ends a hole, or the end of the text. */
export function endOfHole(source: string, from: number): number {
  let depth = 0;
  for (let at = from; at < source.length; at++) {
    const character = source[at] ?? "";
    if (character === "{") depth++;
    else if (character === "}" && depth-- === 0) return at;
    else if (`"'\``.includes(character)) at = endOfString(source, at);
  }
  return source.length;
}

/** The quote that ends a string; where there is none on its line, the one that starts it. */
function endOfString(source: string, start: number): number {
  const quote = source[start];
  for (let at = start + 1; at < source.length; at++) {
    if (source[at] === "\\") at++;
    else if (source[at] === quote) return at;
    else if (source[at] === "\n" && quote !== "`") return start;
  }
  return start;
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, " ");
}
