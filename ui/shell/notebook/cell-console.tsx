import { CircleX, Info, TriangleAlert } from "lucide-react";
import { useLayoutEffect, useRef, useState } from "react";
import { countText, plural } from "../app/format.ts";
import { type ConsoleLine, withoutLines } from "./cell-states.ts";
import { useWorkbench } from "./context.ts";
import { SourceText } from "./source-text.tsx";
import "./console.css";

const few = 6;

type Least = "all" | "warn" | "error";

const passes: Record<Least, (line: ConsoleLine) => boolean> = {
  all: () => true,
  warn: ({ level }) => level === "warn" || level === "error",
  error: ({ level }) => level === "error",
};

interface Props {
  /** The cell that printed, or what stands for code outside of any (`kernelLines`, `pageLines`). */
  readonly id: number;
  readonly lines: readonly ConsoleLine[];
}

/** What a cell printed: the last lines, or all, or those of some weight. */
export function CellConsole({ id, lines }: Props) {
  const { session } = useWorkbench();
  const [all, setAll] = useState(false);
  const [least, setLeast] = useState<Least>("all");
  if (lines.length === 0) return null;
  const passing = lines.filter(passes[least]);
  const shown = all ? passing : passing.slice(-few);
  const hidden = passing.length - shown.length;
  const clear = () => {
    setLeast("all");
    session.cells.update((states) => withoutLines(states, id));
  };
  return (
    <div className="console">
      {lines.length > 1 || least !== "all" ? (
        <div className="console-tools">
          {hidden > 0 || all ? (
            <button type="button" className="link" aria-expanded={all} onClick={() => setAll(!all)}>
              {all ? "Show fewer lines" : `Show ${plural(hidden, "more line")}`}
            </button>
          ) : null}
          <LevelFilter value={least} lines={lines} onChange={setLeast} />
          <button type="button" className="link" onClick={clear}>
            Clear
          </button>
        </div>
      ) : null}
      <Lines lines={shown} />
    </div>
  );
}

/** Stays at its end while lines come, unless one has scrolled away from there. */
function Lines({ lines }: { readonly lines: readonly ConsoleLine[] }) {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const last = lines.at(-1)?.number;
  // biome-ignore lint/correctness/useExhaustiveDependencies: it scrolls when a line has come
  useLayoutEffect(() => {
    if (atEnd.current) box.current?.scrollTo(0, box.current.scrollHeight);
  }, [last]);
  const scrolled = () => {
    const { scrollTop, clientHeight, scrollHeight } = box.current ?? document.documentElement;
    atEnd.current = scrollTop + clientHeight > scrollHeight - 4;
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keys, too
    <div className="console-lines" role="log" aria-label="Console" tabIndex={0} ref={box} onScroll={scrolled}>
      {lines.map((line) => (
        <Line key={line.number} line={line} />
      ))}
    </div>
  );
}

const icons = { log: null, info: Info, warn: TriangleAlert, error: CircleX };
const words = { log: undefined, info: "Information", warn: "Warning", error: "Error" };

function Line({ line: { level, text, count } }: { readonly line: ConsoleLine }) {
  const Icon = icons[level];
  return (
    <div className="console-line" data-level={level}>
      {Icon ? <Icon size={12} role="img" aria-label={words[level]} /> : null}
      <pre>
        <SourceText text={text} />
      </pre>
      {count > 1 ? (
        <span className="console-count" role="img" aria-label={`${countText(count)} times`}>
          {countText(count)}×
        </span>
      ) : null}
    </div>
  );
}

interface FilterProps {
  readonly value: Least;
  readonly lines: readonly ConsoleLine[];
  readonly onChange: (value: Least) => void;
}

/** Only where there is something to choose from. */
function LevelFilter({ value, lines, onChange }: FilterProps) {
  const count = (least: Least) => lines.filter(passes[least]).length;
  const some = count("warn") > 0 && count("warn") < lines.length;
  if (!some && value === "all") return null;
  return (
    <select
      aria-label="Lines that are shown"
      value={value}
      onChange={(event) => onChange(event.target.value as Least)}
    >
      <option value="all">All ({countText(lines.length)})</option>
      <option value="warn">Warnings and errors ({countText(count("warn"))})</option>
      <option value="error">Errors ({countText(count("error"))})</option>
    </select>
  );
}
