import type { Description } from "./output.ts";

const longest = 72;

/** A value on one line, about 72 characters: `{name: "Ada", born: 1815, …}`. For summaries and consoles. */
export function previewText(description: Description, room = longest): string {
  switch (description.kind) {
    case "string":
      return shortened(quoted(description.text), Math.max(room, 12));
    case "array":
    case "set":
    case "typedarray":
      return listed(description, "[", "]", room, (entry) => previewText(entry.value, room / 2));
    case "map":
      return listed(
        description,
        "{",
        "}",
        room,
        (entry) => `${keyText(entry.key)} → ${previewText(entry.value, room / 2)}`,
      );
    case "object":
      return description.size === undefined ? description.text : object(description, room);
    case "circular":
      return `↻ ${description.text}`;
    default:
      return shortened(description.text, Math.max(room, 40));
  }
}

/** Title of a composite: "Array(3)", "Point", "Map(2)"; empty for a plain object. */
export function titleText(description: Description): string {
  const { kind, text, size } = description;
  if (kind === "object") return text === "Object" ? "" : text;
  return kind === "error" || size === undefined ? text : `${text}(${size.toLocaleString("en-US")})`;
}

function object(description: Description, room: number): string {
  return listed(
    description,
    "{",
    "}",
    room,
    (entry) => `${keyText(entry.key)}: ${previewText(entry.value, room / 2)}`,
  );
}

type Entry = NonNullable<Description["entries"]>[number];

function listed(
  description: Description,
  open: string,
  close: string,
  room: number,
  text: (entry: Entry) => string,
): string {
  const parts: string[] = [];
  let used = 2;
  for (const entry of description.entries ?? []) {
    const part = text(entry);
    if (parts.length > 0 && used + part.length > room) break;
    parts.push(part);
    used += part.length + 2;
  }
  const more = parts.length < (description.size ?? 0) ? ["…"] : [];
  return open + [...parts, ...more].join(", ") + close;
}

export function keyText(key: string | Description): string {
  return typeof key === "string" ? key : previewText(key, 24);
}

/** A string in quotes, on one line. */
function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&").replace(/\n/g, "↵")}"`;
}

function shortened(text: string, room: number): string {
  return text.length <= room ? text : `${text.slice(0, room - 1)}…`;
}
