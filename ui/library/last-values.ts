/** Texts whose values are kept. */
const mostTexts = 300;

const kept = new Map<string, readonly unknown[]>();

type Tag<T> = (strings: readonly string[], ...values: unknown[]) => T;

/** A template tag that keeps the values that it was last called with, by the text around them. */
export function rememberingTag<T>(tag: Tag<T>): Tag<T> {
  return (strings, ...values) => {
    if (values.length > 0) keep(strings.join("\0"), values);
    return tag(strings, ...values);
  };
}

/** The values that stood in a text when it was last drawn. */
export function lastValues(strings: readonly string[]): readonly unknown[] {
  return kept.get(strings.join("\0")) ?? [];
}

function keep(key: string, values: readonly unknown[]): void {
  kept.delete(key);
  kept.set(key, values);
  for (const old of kept.keys()) {
    if (kept.size <= mostTexts) return;
    kept.delete(old);
  }
}
