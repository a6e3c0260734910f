import { CaseSensitive, ChevronDown, ChevronUp, Regex, WholeWord, X } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import type { SearchQuery } from "../../../../kernel/notebook/search/query.ts";
import { useStore } from "../../app/store.ts";
import { toast } from "../../app/toasts.tsx";
import { useWorkbench } from "../context.ts";
import type { Found } from "./find-state.ts";
import "./find.css";

/** Find and replace in all cells, while it is open. */
export function FindBar() {
  const { find } = useWorkbench();
  return useStore(find.open, (open) => open) ? <OpenBar /> : null;
}

function OpenBar() {
  const { find, editors } = useWorkbench();
  const query = useStore(find.query, (value) => value);
  const replacement = useStore(find.replacement, (value) => value);
  const found = useStore(find.found, (value) => value);
  const asked = useStore(find.asked, (value) => value);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (asked > 0) field.current?.select();
    field.current?.focus();
  }, [asked]);
  const all = () => {
    const count = find.replaceAll();
    if (count === 0) return;
    const text = count === 1 ? "1 place is replaced." : `${count} places are replaced.`;
    toast(text, { label: "Undo", run: () => void editors.back("undo") });
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "Escape") find.close();
    else if (event.key === "Enter" && event.target === field.current) find.step(event.shiftKey ? -1 : 1);
    else if (event.key === "Enter" && event.target instanceof HTMLInputElement) find.replaceOne();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const none = found.all.length === 0;
  return (
    <search className="find-bar" aria-label="Find and replace" onKeyDown={press}>
      <div className="find-row">
        <input
          ref={field}
          className="input"
          aria-label="Find"
          placeholder="Find in all cells"
          spellCheck={false}
          aria-invalid={found.mistake !== null}
          value={query.text}
          onChange={({ target }) => find.query.set({ ...query, text: target.value })}
        />
        <Options />
        <Action
          label="Previous match"
          disabled={none}
          onPress={() => find.step(-1)}
          icon={<ChevronUp size={16} />}
        />
        <Action
          label="Next match"
          disabled={none}
          onPress={() => find.step(1)}
          icon={<ChevronDown size={16} />}
        />
        <Action label="Close" onPress={() => find.close()} icon={<X size={15} />} />
      </div>
      <div className="find-row">
        <input
          className="input"
          aria-label="Replace with"
          placeholder={query.regex ? "Replace with; $1 is the first group" : "Replace with"}
          spellCheck={false}
          value={replacement}
          onChange={({ target }) => find.replacement.set(target.value)}
        />
        <button type="button" className="button small" disabled={none} onClick={() => find.replaceOne()}>
          Replace
        </button>
        <button type="button" className="button small" disabled={none} onClick={all}>
          All
        </button>
      </div>
      <p className="find-count" role="status" data-bad={found.mistake !== null || undefined}>
        {countText(query, found)}
      </p>
    </search>
  );
}

function countText({ text }: SearchQuery, { all, current, mistake }: Found): string {
  if (mistake !== null) return mistake;
  if (text === "") return "";
  if (all.length === 0) return "Nothing found";
  if (current >= 0) return `${current + 1} of ${all.length}`;
  return all.length === 1 ? "1 match" : `${all.length} matches`;
}

const options = [
  { name: "matchCase", label: "Match case", icon: <CaseSensitive size={16} /> },
  { name: "wholeWord", label: "Whole words", icon: <WholeWord size={16} /> },
  { name: "regex", label: "Regular expression", icon: <Regex size={15} /> },
] as const;

/** How the text is meant. */
function Options() {
  const { find } = useWorkbench();
  const query = useStore(find.query, (value) => value);
  return options.map(({ name, label, icon }) => (
    <Action
      key={name}
      label={label}
      icon={icon}
      pressed={query[name]}
      onPress={() => find.query.set({ ...query, [name]: !query[name] })}
    />
  ));
}

interface ActionProps {
  readonly label: string;
  readonly icon: ReactNode;
  readonly disabled?: boolean;
  /** Of what is on or off. */
  readonly pressed?: boolean;
  readonly onPress: () => void;
}

function Action({ label, icon, disabled = false, pressed, onPress }: ActionProps) {
  return (
    <button
      type="button"
      className="icon-button small"
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      disabled={disabled}
      onClick={onPress}
    >
      {icon}
    </button>
  );
}
