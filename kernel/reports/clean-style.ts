/**
 * CSS without anything that fetches or runs: `@import`, `url()` other than `#fragment` and inline pictures,
 * `expression()`, `behavior`. Comments and escapes are resolved first, so that `\75rl(` is seen for what it is.
 */
export function cleanStyle(css: string): string {
  const plain = css.replace(/\/\*[\s\S]*?(\*\/|$)/g, "").replace(escapes, resolveEscape);
  return plain
    .replace(/@(import|charset|namespace|font-face)\b[^;{}]*(;|\{[^}]*\}?|$)/gi, "")
    .replace(/\b(image-set|src)\s*\([^)]*\)?/gi, "none")
    .replace(anyUrl, (_, double?: string, single?: string, bare?: string) => {
      const address = (double ?? single ?? bare ?? "").trim();
      if (/^#[\w:.-]+$/.test(address)) return `url(${address})`;
      return harmless.test(address) ? `url("${address.replaceAll('"', "%22")}")` : "none";
    })
    .replace(/expression\s*\(/gi, "(")
    .replace(/(behavior|-moz-binding)\s*:/gi, "x:");
}

const anyUrl = /url\s*\(\s*(?:"([^"]*)"?|'([^']*)'?|([^"')][^)]*)?)\s*\)?/gi;

const harmless = /^data:image\/(png|jpeg|gif|webp|avif|bmp)[;,]/i;

const escapes = /\\([0-9a-f]{1,6}\s?|[^0-9a-f\n])/gi;

/** Only escapes of ASCII letters matter to us; others (`\2014 ` in a content string) stay as written. */
function resolveEscape(whole: string, code: string): string {
  const character = /^[0-9a-f]/i.test(code)
    ? String.fromCodePoint(Math.min(Number.parseInt(code, 16), 0x10ffff))
    : code;
  return /^[a-z(:@]$/i.test(character) ? character : whole;
}
