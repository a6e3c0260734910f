import { Overlay } from "./overlay.ts";
import { parseHole } from "./parse.ts";
import { readTypeScript } from "./read.ts";
import type { AnyNode } from "./syntax.ts";

/** A text with `${…}` in it. */
export interface Template {
  /** The text before, between and after the expressions. */
  readonly strings: readonly string[];
  /** Where in the source each of these begins. */
  readonly starts: readonly number[];
  /** The code of each expression, as it is written. */
  readonly codes: readonly string[];
  readonly expressions: readonly AnyNode[];
  /** As long as the source: `,(…)` where `${…}` stood, blank elsewhere. */
  readonly code: Overlay;
}

/**
 * Reads a template. After an odd number of backslashes, `${` is text, and the last backslash goes unless escapes stay;
 * all other characters mean themselves. Throws a UserError for an expression that cannot be read.
 */
export function readTemplate(source: string, escapesStay = false): Template {
  const code = new Overlay(source);
  const holes: Hole[] = [];
  const strings: string[] = [];
  let from = 0;
  let text = "";
  const take = (to: number) => {
    text += source.slice(from, to);
    code.blank(from, to);
    from = to;
  };
  for (let open = source.indexOf("${"); open >= 0; open = source.indexOf("${", Math.max(open + 2, from))) {
    const escaped = backslashesBefore(source, open, from) % 2 === 1;
    take(open);
    if (escaped) {
      if (!escapesStay) text = text.slice(0, -1);
      continue;
    }
    const hole = readHole(code, open);
    holes.push(hole);
    strings.push(text);
    text = "";
    from = hole.end;
  }
  take(source.length);
  for (const hole of holes) markHole(hole, code);
  return {
    strings: [...strings, text],
    starts: [0, ...holes.map(({ end }) => end)],
    codes: holes.map(({ open, end }) => source.slice(open + 2, end - 1)),
    expressions: holes.map(({ root }) => root),
    code,
  };
}

/** How many there are, counted from `open` back to no further than `from`. */
function backslashesBefore(source: string, open: number, from: number): number {
  let at = open;
  while (at > from && source.charAt(at - 1) === "\\") at--;
  return open - at;
}

interface Hole {
  readonly open: number;
  /** Just after its closing brace. */
  readonly end: number;
  readonly root: AnyNode;
}

function readHole(code: Overlay, open: number): Hole {
  const { root, end } = readTypeScript(code, (text, language) => parseHole(text, open + 2, language));
  return { open, end: end + 1, root };
}

function markHole({ open, end }: Hole, code: Overlay): void {
  code.put(open, ",(");
  code.put(end - 1, ")");
}
