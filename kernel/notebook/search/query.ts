import { inputError } from "../errors.ts";

/** What is looked for. */
export interface SearchQuery {
  readonly text: string;
  /** Whether `text` is a regular expression. */
  readonly regex: boolean;
  readonly matchCase: boolean;
  readonly wholeWord: boolean;
}

/** A place in a text, in UTF-16 units. */
export interface Match {
  readonly from: number;
  readonly to: number;
}

/** More are not listed. */
export const mostMatches = 5000;

/**
 * The pattern of a query, for `matchAll`.
 * @throws UserError kind "input" when it is no regular expression
 */
export function patternOf({ text, regex, matchCase, wholeWord }: SearchQuery): RegExp {
  const source = regex ? text : text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  const word = "[\\p{L}\\p{N}_$]";
  const whole = wholeWord ? `(?<!${word})(?:${source})(?!${word})` : source;
  const flags = `gmu${matchCase ? "" : "i"}`;
  try {
    return new RegExp(whole, flags);
  } catch (error) {
    const reason = (error as Error).message.replace(/^Invalid regular expression: (\/.*\/\w*: )?/s, "");
    throw inputError(`This is no regular expression: ${reason}.`);
  }
}

/** All places where a pattern matches in a text; empty matches are none. */
export function matchesIn(text: string, pattern: RegExp): Match[] {
  const found: Match[] = [];
  for (const match of text.matchAll(pattern)) {
    if (match[0] !== "") found.push({ from: match.index, to: match.index + match[0].length });
    if (found.length >= mostMatches) break;
  }
  return found;
}

/** What stands for the match at a place: as written, or with `$1` and `$<name>` if the query is a regular expression. */
export function replacementAt(
  text: string,
  { from, to }: Match,
  query: SearchQuery,
  replacement: string,
): string {
  if (!query.regex) return replacement;
  const { source, flags } = patternOf(query);
  const pattern = new RegExp(source, flags.replace("g", "y"));
  pattern.lastIndex = from;
  const match = pattern.exec(text);
  if (!match || match[0] !== text.slice(from, to)) return replacement;
  return replacement.replace(/\$(?:\$|&|(\d{1,2})|<([^>]+)>)/g, (whole, number, name) => {
    if (whole === "$$") return "$";
    if (whole === "$&") return match[0];
    return (name === undefined ? match[Number(number)] : match.groups?.[name]) ?? "";
  });
}

/** The text with all matches replaced. */
export function replaceAll(text: string, query: SearchQuery, replacement: string): string {
  let [result, end] = ["", 0];
  for (const match of matchesIn(text, patternOf(query))) {
    result += text.slice(end, match.from) + replacementAt(text, match, query, replacement);
    end = match.to;
  }
  return result + text.slice(end);
}
