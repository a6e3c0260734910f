/** Inputs in a run without a page: what each element was made with, so that values can be checked and put in. */
import type { Parameter } from "../notebook/compiler/compiled.ts";
import { inputError } from "../notebook/errors.ts";
import { checkAllowed } from "./parameters.ts";

/** An element that Inputs made. */
interface InputElement {
  value: unknown;
}

interface Made {
  readonly data: unknown;
  readonly options: Readonly<Record<string, unknown>>;
}

type Factory = (...values: unknown[]) => unknown;

const choosers: ReadonlySet<string> = new Set(["select", "radio", "checkbox"]);

export class RecordedInputs {
  readonly #made = new WeakMap<object, Made>();

  /** The Inputs module, remembering the choices of each element. */
  wrap(inputs: Readonly<Record<string, unknown>>): Record<string, unknown> {
    return Object.fromEntries(
      Object.entries(inputs).map(([name, make]) => [
        name,
        choosers.has(name) ? this.#recording(make as Factory) : make,
      ]),
    );
  }

  #recording(make: Factory): Factory {
    return (data, options) => {
      const element = make(data, options) as object;
      this.#made.set(element, { data, options: (options ?? {}) as Made["options"] });
      return element;
    };
  }

  /** Values that an element allows, as its cell gets them; null if any. */
  allowed(element: object): readonly unknown[] | null {
    const made = this.#made.get(element);
    if (!made) return null;
    const { data, options } = made;
    const valueof = options.valueof;
    const items = [...((data as Iterable<unknown>) ?? [])];
    const values = data instanceof Map ? items.map((entry) => (entry as [unknown, unknown])[1]) : items;
    return typeof valueof === "function" ? values.map((value) => valueof(value)) : values;
  }

  /** Puts a parameter's value into its element. @throws UserError when the element does not allow it. */
  assign(element: object, parameter: Parameter, value: unknown): void {
    const options = this.allowed(element);
    if (options) checkAllowed(parameter, value, options);
    const input = element as InputElement;
    input.value =
      options && !Array.isArray(value)
        ? (options.find((option) => String(option) === String(value)) ?? value)
        : value;
    if (
      parameter.type === "number" &&
      input.value !== value &&
      Math.abs(Number(input.value) - Number(value)) > 1e-9
    ) {
      throw inputError(
        `parameter ${parameter.name}: ${value} is not a value that its input takes`,
        `the nearest is ${input.value}`,
      );
    }
  }
}
