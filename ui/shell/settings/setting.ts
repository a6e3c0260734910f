import type { Preference } from "../app/preference.ts";

/** One of a few values. */
export interface ChoiceSetting {
  readonly label: string;
  /** A short sentence, where the label does not say all. */
  readonly hint?: string;
  readonly preference: Preference<string>;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  /** Asked before it is set: what the browser must allow first. Its answer is the value that it becomes. */
  readonly before?: (value: string) => Promise<string>;
}

export interface SettingGroup {
  readonly title: string;
  readonly settings: readonly ChoiceSetting[];
}

/** A choice whose options are the preference's own values. */
export function choice<T extends string>(
  label: string,
  preference: Preference<T>,
  options: readonly { readonly value: T; readonly label: string }[],
  more: Pick<ChoiceSetting, "hint" | "before"> = {},
): ChoiceSetting {
  // The dialog sets none but these options' values.
  return { label, preference: preference as unknown as Preference<string>, options, ...more };
}
