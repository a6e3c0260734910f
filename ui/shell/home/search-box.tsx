import { Search } from "lucide-react";
import { useEffect, useRef } from "react";
import { isMod } from "../app/platform.ts";

interface Props {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Narrows the lists as one types; `/` or Ctrl-K jumps to it. */
export function SearchBox({ value, onChange }: Props) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const jump = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
      if (!(event.key === "/" && !typing) && !(event.key === "k" && isMod(event))) return;
      event.preventDefault();
      input.current?.focus();
    };
    window.addEventListener("keydown", jump);
    return () => window.removeEventListener("keydown", jump);
  }, []);
  return (
    <div className="search">
      <Search size={15} aria-hidden="true" />
      <input
        ref={input}
        className="input"
        type="search"
        aria-label="Search notebooks, tables and templates"
        placeholder="Search notebooks, tables, columns…"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => event.key === "Escape" && onChange("")}
      />
    </div>
  );
}

/** Whether every word occurs in one of the texts, letter case aside. */
export function matches(words: string, ...texts: readonly string[]): boolean {
  const all = texts.join("\n").toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}
