/**
 * What linkedom leaves out of HTML forms and Inputs needs: live values beside the attributes, numbers and dates of
 * inputs, validity, the selection of a <select>. After the HTML standard, as far as a page that nobody clicks needs it.
 */

interface FormElement {
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  hasAttribute(name: string): boolean;
  removeAttribute(name: string): void;
  querySelectorAll(selector: string): Iterable<FormElement>;
  textContent: string;
  readonly type: string;
  value: string;
  checked: boolean;
  selected: boolean;
  multiple: boolean;
}

type Descriptors<T> = Record<string, PropertyDescriptor & ThisType<T>>;

export interface FormClasses {
  readonly HTMLInputElement: { prototype: object };
  readonly HTMLSelectElement: { prototype: object };
  readonly HTMLOptionElement: { prototype: object };
  readonly HTMLTextAreaElement: { prototype: object };
  readonly HTMLElement: { prototype: object };
}

/** Adds form behaviour to a linkedom window's element classes. Doing it twice does no harm. */
export function addForms(window: FormClasses): void {
  // linkedom has no class of its own for <form>.
  define(window.HTMLElement, { ...validity, ...formProperties });
  define(window.HTMLInputElement, inputProperties);
  define(window.HTMLTextAreaElement, textAreaProperties);
  define(window.HTMLOptionElement, optionProperties);
  define(window.HTMLSelectElement, selectProperties);
}

function define(type: { prototype: object }, properties: Descriptors<FormElement>): void {
  for (const [name, property] of Object.entries(properties)) {
    Object.defineProperty(type.prototype, name, { configurable: true, ...property });
  }
}

const validity: Descriptors<FormElement> = {
  checkValidity: { value: () => true, writable: true },
  reportValidity: { value: () => true, writable: true },
  setCustomValidity: { value: () => {}, writable: true },
};

const inputProperties: Descriptors<FormElement> = {
  value: {
    get() {
      return this.getAttribute("value") ?? defaultValue(this);
    },
    set(value: unknown) {
      this.setAttribute("value", sanitized(this, String(value ?? "")));
    },
  },
  checked: {
    get() {
      return this.hasAttribute("checked");
    },
    set(checked: boolean) {
      flag(this, "checked", checked);
    },
  },
  valueAsNumber: {
    get() {
      return this.value === "" ? Number.NaN : Number(this.value);
    },
    set(value: number) {
      this.value = Number.isNaN(value) ? "" : String(value);
    },
  },
  valueAsDate: {
    get() {
      const date = new Date(`${this.value}${this.value.includes("T") ? "Z" : ""}`);
      return this.value === "" || Number.isNaN(date.getTime()) ? null : date;
    },
    set(value: Date | null) {
      this.value = value ? value.toISOString().slice(0, this.type === "date" ? 10 : 16) : "";
    },
  },
  min: attribute("min"),
  max: attribute("max"),
  step: attribute("step"),
};

const textAreaProperties: Descriptors<FormElement> = {
  value: {
    get() {
      return this.textContent;
    },
    set(value: unknown) {
      this.textContent = String(value ?? "");
    },
  },
};

const optionProperties: Descriptors<FormElement> = {
  value: {
    get() {
      return this.getAttribute("value") ?? this.textContent;
    },
    set(value: unknown) {
      this.setAttribute("value", String(value));
    },
  },
  selected: {
    get() {
      return this.hasAttribute("selected");
    },
    set(selected: boolean) {
      flag(this, "selected", selected);
    },
  },
};

const selectProperties: Descriptors<FormElement> = {
  options: {
    get() {
      return optionsOf(this);
    },
  },
  selectedIndex: {
    get() {
      return selectedIndex(this);
    },
    set(index: number) {
      optionsOf(this).forEach((option, position) => {
        option.selected = position === index;
      });
    },
  },
  selectedOptions: {
    get() {
      const options = optionsOf(this);
      if (this.hasAttribute("multiple")) return options.filter((option) => option.selected);
      return options.slice(selectedIndex(this), selectedIndex(this) + 1 || undefined);
    },
  },
  value: {
    get() {
      return optionsOf(this)[selectedIndex(this)]?.value ?? "";
    },
    set(value: unknown) {
      for (const option of optionsOf(this)) option.selected = option.value === String(value);
    },
  },
};

const formProperties: Descriptors<FormElement> = {
  elements: {
    get() {
      const controls = [...this.querySelectorAll("input,select,textarea,button,output,fieldset")];
      return Object.assign(controls, controlsByName(controls));
    },
  },
};

/** A name's one control, or all of them with the checked one's value (RadioNodeList). */
function controlsByName(controls: readonly FormElement[]): Record<string, unknown> {
  const names = new Set(controls.flatMap((control) => control.getAttribute("name") ?? []));
  const entries = [...names].map((name) => {
    const named = controls.filter((control) => control.getAttribute("name") === name);
    return [name, named.length === 1 ? named[0] : Object.defineProperty(named, "value", groupValue)] as const;
  });
  return Object.fromEntries(entries);
}

const groupValue: PropertyDescriptor & ThisType<FormElement[]> = {
  get() {
    return this.find((control) => control.checked)?.value ?? "";
  },
  set(value: unknown) {
    for (const control of this) control.checked = control.value === String(value);
  },
};

function optionsOf(select: FormElement): FormElement[] {
  return [...select.querySelectorAll("option")];
}

/** The first selected option; without one the first of all, as a drop-down list shows. */
function selectedIndex(select: FormElement): number {
  const options = optionsOf(select);
  const index = options.findIndex((option) => option.selected);
  return index < 0 && !select.hasAttribute("multiple") && options.length > 0 ? 0 : index;
}

function flag(element: FormElement, name: string, on: boolean): void {
  if (on) element.setAttribute(name, "");
  else element.removeAttribute(name);
}

function attribute(name: string): PropertyDescriptor & ThisType<FormElement> {
  return {
    get() {
      return this.getAttribute(name) ?? "";
    },
    set(value: unknown) {
      this.setAttribute(name, String(value));
    },
  };
}

function defaultValue(input: FormElement): string {
  if (input.type === "checkbox" || input.type === "radio") return "on";
  return input.type === "range" ? sanitized(input, "") : "";
}

/** A range input's value lies within its limits, on a step; a number's is a number. */
function sanitized(input: FormElement, value: string): string {
  if (input.type !== "range" && input.type !== "number") return value;
  const number = value.trim() === "" ? Number.NaN : Number(value);
  if (input.type === "number") return Number.isNaN(number) ? "" : value;
  const [min, max] = [limit(input, "min", 0), limit(input, "max", 100)];
  const inside = Math.min(Math.max(Number.isNaN(number) ? (min + max) / 2 : number, min), Math.max(min, max));
  const step = input.getAttribute("step") === "any" ? 0 : limit(input, "step", 1);
  return String(step > 0 ? onStep(inside, min, max, step) : inside);
}

/** The nearest value min + k·step that is not above max, without the dust of binary fractions. */
function onStep(value: number, min: number, max: number, step: number): number {
  const steps = Math.min(Math.round((value - min) / step), Math.floor((max - min) / step + 1e-9));
  return Number((min + steps * step).toPrecision(12));
}

function limit(input: FormElement, name: string, otherwise: number): number {
  const text = input.getAttribute(name);
  return text === null || Number.isNaN(Number(text)) ? otherwise : Number(text);
}
