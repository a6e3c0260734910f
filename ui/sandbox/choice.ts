/** Which options of a form stand chosen, by label: options that are made anew on each run are other objects then. */
export type Choice = readonly string[];

interface Option {
  readonly label: string;
  readonly chosen: boolean;
  choose(chosen: boolean): void;
}

/** What is chosen in a select, radio buttons or checkboxes of Observable Inputs; undefined for other inputs. */
export function choiceOf(element: unknown): Choice | undefined {
  const options = optionsOf(element);
  if (options.length < 2) return undefined;
  return options.filter(({ chosen }) => chosen).map(({ label }) => label);
}

/** Chooses the options of these labels, if all are there, without telling anyone but the form itself. */
export function restoreChoice(element: unknown, choice: Choice): void {
  const options = optionsOf(element);
  const labels = new Set(options.map(({ label }) => label));
  if (labels.size < options.length || !choice.every((label) => labels.has(label))) return;
  for (const option of options) option.choose(choice.includes(option.label));
  (element as HTMLElement).dispatchEvent(new Event("input"));
}

function optionsOf(element: unknown): Option[] {
  if (typeof HTMLFormElement === "undefined" || !(element instanceof HTMLFormElement)) return [];
  const fields = element.querySelectorAll<HTMLOptionElement | HTMLInputElement>(
    "select option, input[type=radio], input[type=checkbox]",
  );
  return Array.from(fields, optionOf);
}

function optionOf(field: HTMLOptionElement | HTMLInputElement): Option {
  if (field instanceof HTMLOptionElement)
    return {
      label: field.label,
      chosen: field.selected,
      choose: (chosen) => {
        field.selected = chosen;
      },
    };
  return {
    label: field.closest("label")?.textContent ?? "",
    chosen: field.checked,
    choose: (chosen) => {
      field.checked = chosen;
    },
  };
}
