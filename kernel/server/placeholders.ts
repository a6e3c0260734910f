/** How the text of a package names what it imports, until it is known under which address a page finds it. */
import type { Target } from "../modules/resolve.ts";

const placeholder = /"percolate:([\w%.!~*'()-]+)"/g;

export function placeholderOf(target: Target): string {
  return `percolate:${encodeURIComponent(JSON.stringify(target))}`;
}

export function readTarget(text: string): Target {
  return JSON.parse(decodeURIComponent(text)) as Target;
}

export function targetsIn(code: string): Target[] {
  return [...new Set([...code.matchAll(placeholder)].map(([, text]) => text ?? ""))].map(readTarget);
}
