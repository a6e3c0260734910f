import { type AuthorFrame, firstPlace, readFrames } from "../../../kernel/notebook/compiler/frames.ts";
import type { Failure } from "../../../kernel/notebook/errors.ts";
import { FailureNote } from "../app/failure-note.tsx";
import { CellLink } from "./cell-link.tsx";
import { FailureText, linkedCells } from "./failure-text.tsx";
import { SourceText } from "./source-text.tsx";

interface Props {
  readonly cell: number;
  readonly failure: Failure;
}

/** A failure under its cell; its places and the other cells concerned are links. */
export function CellFailure({ cell, failure }: Props) {
  const { message, remedy, kind } = failure;
  const shown = { kind, message, ...(remedy === undefined ? {} : { remedy }) };
  return (
    <FailureNote
      failure={shown}
      quiet={kind === "upstream" || kind === "stopped"}
      words={(text) => <FailureText text={text} failure={failure} />}
    >
      <Causes failure={failure} />
      <Places cell={cell} failure={failure} />
      <Stack cell={cell} failure={failure} />
    </FailureNote>
  );
}

/** `line 2:5`; of what was thrown elsewhere: `in check, cell 1 3:7, called from line 2:5`. */
function Places({ cell, failure }: Props) {
  const { line, column = 1, stack = "", cells = [] } = failure;
  const linked = linkedCells(failure);
  const others = cells.filter((id) => id !== cell && !linked.includes(id));
  const origin = originOf(cell, stack);
  if (line === undefined && !origin && others.length === 0) return null;
  return (
    <div className="failure-links number">
      {origin ? <Origin frame={origin} /> : null}
      {line === undefined ? null : (
        <span>
          {origin ? "called from " : ""}
          <CellLink id={cell} place={{ line, column }}>
            line {line}:{column}
          </CellLink>
        </span>
      )}
      {others.map((id) => (
        <CellLink id={id} key={id} />
      ))}
    </div>
  );
}

function Origin({ frame }: { readonly frame: AuthorFrame }) {
  const { name, cell, source, line, column } = frame;
  return (
    <span>
      in {name ? <code>{name}</code> : null}
      {name ? ", " : ""}
      {cell === null ? `${source}:${line}:${column}` : <CellPlace id={cell} line={line} column={column} />}
    </span>
  );
}

function CellPlace({
  id,
  line,
  column,
}: {
  readonly id: number;
  readonly line: number;
  readonly column: number;
}) {
  return (
    <>
      <CellLink id={id} place={{ line, column }} /> {line}:{column}
    </>
  );
}

/** The place in another cell or in a module where it was thrown, if it was not thrown in this cell. */
function originOf(cell: number, stack: string): AuthorFrame | undefined {
  const first = firstPlace(readFrames(stack));
  return first && first.cell !== cell ? first : undefined;
}

function Causes({ failure: { causes = [] } }: { readonly failure: Failure }) {
  return causes.map((cause, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: causes have no other identity and do not move
    <div className="cause" key={index}>
      <span className="muted">caused by</span> {cause.message}
      <Causes failure={cause} />
    </div>
  ));
}

/** A stack of one place only says what the place says. */
function Stack({ failure: { stack = "" } }: Props) {
  if (readFrames(stack).length < 2) return null;
  return (
    <details>
      <summary className="muted">Stack</summary>
      <pre>
        <SourceText text={stack} />
      </pre>
    </details>
  );
}
