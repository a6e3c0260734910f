/** `DOM` of Observable: small makers of elements, over any document. New cells write them with `html` and `svg`. */

export interface ToolsDocument {
  createElement(name: string): ToolsElement;
  createElementNS(namespace: string, name: string): ToolsElement;
  createTextNode(text: string): unknown;
}

interface ToolsElement {
  textContent: string | null;
  setAttribute(name: string, value: string): void;
  setAttributeNS(namespace: string, name: string, value: string): void;
  append(...nodes: never[]): void;
  getContext?(kind: "2d"): { scale?(x: number, y: number): void } | null;
}

type Attributes = Readonly<Record<string, unknown>>;

const namespaces: Readonly<Record<string, string>> = {
  math: "http://www.w3.org/1998/Math/MathML",
  svg: "http://www.w3.org/2000/svg",
  xhtml: "http://www.w3.org/1999/xhtml",
  xlink: "http://www.w3.org/1999/xlink",
  xml: "http://www.w3.org/XML/1998/namespace",
  xmlns: "http://www.w3.org/2000/xmlns/",
};

let uids = 0;

/** @param ratio device pixels per CSS pixel */
export function domTools(document: ToolsDocument, ratio: number) {
  const make = (name: string, attributes: Attributes) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) setAttribute(element, key, value);
    return element;
  };
  const canvas = (width: number, height: number) =>
    Object.assign(document.createElement("canvas"), { width, height });
  return {
    canvas,
    context2d: (width: number, height: number, dpi = ratio) => {
      const made = canvas(width * dpi, height * dpi);
      made.setAttribute("style", `width: ${width}px`);
      const context = made.getContext?.("2d");
      if (dpi !== 1) context?.scale?.(dpi, dpi);
      return context;
    },
    element: (name: string, attributes: Attributes = {}) => {
      const { namespace, local } = splitName(name);
      const made = namespace ? document.createElementNS(namespace, local) : document.createElement(name);
      for (const [key, value] of Object.entries(attributes)) setAttribute(made, key, value);
      return made;
    },
    input: (type?: string) => make("input", type == null ? {} : { type }),
    range: (...limits: number[]) => {
      const [min = 0, max = 1, step = "any"] = limits.length === 1 ? [0, ...limits] : limits;
      return make("input", { type: "range", min, max, step });
    },
    select: (values: Iterable<unknown>) => {
      const select = make("select", {});
      for (const value of values) {
        const option = make("option", { value });
        option.textContent = String(value);
        select.append(option as never);
      }
      return select;
    },
    svg: (width: number, height: number) => {
      const element = document.createElementNS(namespaces.svg ?? "", "svg");
      const attributes = { viewBox: `0 0 ${width} ${height}`, width, height };
      for (const [key, value] of Object.entries(attributes)) setAttribute(element, key, value);
      return element;
    },
    text: (value: unknown) => document.createTextNode(String(value)),
    uid: (name?: string) => new Uid(`O-${name == null ? "" : `${name}-`}${++uids}`),
  };
}

/** A name for a gradient or clip path; as text it refers to it: `fill=${uid}`. */
class Uid {
  readonly id: string;
  readonly href: string;

  constructor(id: string) {
    this.id = id;
    this.href = `#${id}`;
  }

  toString(): string {
    return `url(${this.href})`;
  }
}

function splitName(name: string): { namespace: string | undefined; local: string } {
  const colon = name.indexOf(":");
  const prefix = name.slice(0, Math.max(0, colon));
  return { namespace: namespaces[prefix], local: prefix === "xmlns" ? name : name.slice(colon + 1) };
}

function setAttribute(element: ToolsElement, name: string, value: unknown): void {
  const { namespace, local } = splitName(name);
  if (namespace) element.setAttributeNS(namespace, local, String(value));
  else element.setAttribute(name, String(value));
}
