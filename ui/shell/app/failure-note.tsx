import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { Failure } from "../../../kernel/notebook/errors.ts";

interface Props {
  readonly failure: Failure;
  /** Another failure is the cause: said without raising one's voice. */
  readonly quiet?: boolean;
  /** How a text of the failure is shown. */
  readonly words?: (text: string) => ReactNode;
  readonly children?: ReactNode;
}

/** A failure as people read it: the problem, where, and what to do. */
export function FailureNote({ failure, quiet = false, words = withCode, children }: Props) {
  const place = failure.line === undefined ? null : `${failure.line}:${failure.column ?? 1}`;
  return (
    <div className="failure" role={quiet ? "note" : "alert"}>
      <CircleAlert size={15} aria-hidden="true" />
      <div className="what">
        <strong>{words(failure.message)}</strong>
        {place ? <span className="muted number"> line {place}</span> : null}
        {failure.remedy ? <div className="remedy">{words(failure.remedy)}</div> : null}
        {children}
      </div>
    </div>
  );
}

/** What stands between backticks is code. */
function withCode(text: string): ReactNode {
  const parts = text.split("`");
  if (parts.length === 1 || parts.length % 2 === 0) return text;
  // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no other identity and do not move
  return parts.map((part, index) => (index % 2 === 0 ? part : <code key={index}>{part}</code>));
}
