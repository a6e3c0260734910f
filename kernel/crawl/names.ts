const longest = 128;

/** A name that SQL takes without quotes: letters, digits and `_`, not beginning with a digit. */
export function tableName(text: string): string {
  const plain = text
    .normalize("NFC")
    .replace(/[^\p{L}\p{N}_]+/gu, "_")
    .replace(/^_+|_+$/g, "");
  const name = plain === "" ? "table_1" : /^\p{N}/u.test(plain) ? `t_${plain}` : plain;
  return name.slice(0, longest);
}

/** `name`, or `name_2`, `name_3` … so that it is not `taken` (lower case). */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  for (let i = 1; ; i++) {
    const suffix = i === 1 ? "" : `_${i}`;
    const candidate = name.slice(0, longest - suffix.length) + suffix;
    if (!taken.has(candidate.toLowerCase())) return candidate;
  }
}
