import { Store } from "./store.ts";

const prefix = "percolate:preference:";

/** Something the user chose, kept by this browser and the same in all of its tabs. */
export class Preference<T> extends Store<T> {
  readonly #key: string;
  readonly #read: (text: string) => T | undefined;
  readonly initial: T;

  /** @param read what a kept text means; undefined where it means nothing (any more) */
  constructor(name: string, initial: T, read: (text: string) => T | undefined) {
    super(kept(prefix + name, read) ?? initial);
    this.initial = initial;
    this.#key = prefix + name;
    this.#read = read;
    window.addEventListener("storage", ({ key, newValue }) => {
      if (key === this.#key) super.set((newValue === null ? undefined : this.#read(newValue)) ?? initial);
    });
  }

  override set(value: T): void {
    try {
      localStorage.setItem(this.#key, String(value));
    } catch {
      // Without storage it lasts as long as the page.
    }
    super.set(value);
  }
}

function kept<T>(key: string, read: (text: string) => T | undefined): T | undefined {
  try {
    const text = localStorage.getItem(key);
    return text === null ? undefined : read(text);
  } catch {
    return undefined;
  }
}

/** One of several words. */
export function choicePreference<T extends string>(
  name: string,
  values: readonly T[],
  initial: T,
): Preference<T> {
  return new Preference<T>(name, initial, (text) => values.find((value) => value === text));
}
