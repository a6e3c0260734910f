interface NodeLike {
  readonly nodeType?: number;
  readonly nodeName?: string;
  readonly localName?: string;
  readonly nodeValue?: string | null;
  getAttribute?(name: string): string | null;
}

/** A DOM node as a short tag: `<div id="a" class="b">`, `#text "hello"`. */
export function nodeText(value: object): string {
  const node = value as NodeLike;
  if (node.nodeType === 3) return `#text ${JSON.stringify((node.nodeValue ?? "").slice(0, 40))}`;
  if (node.nodeType !== 1) return node.nodeName ?? "Node";
  return `<${node.localName ?? node.nodeName}${attribute(node, "id")}${attribute(node, "class")}>`;
}

function attribute(node: NodeLike, name: string): string {
  const value = node.getAttribute?.(name);
  return value ? ` ${name}="${value.slice(0, 40)}"` : "";
}
