import { type ProgressEvent, progressText, share } from "../../../kernel/notebook/library/progress.ts";

/** How far a running cell has come, one bar for each `progress(…)` that is not over. */
export function CellProgress({ bars }: { readonly bars: readonly ProgressEvent[] }) {
  if (bars.length === 0) return null;
  return (
    <div className="progress-bars">
      {bars.map((bar) => (
        <ProgressBar key={bar.bar} bar={bar} />
      ))}
    </div>
  );
}

function ProgressBar({ bar }: { readonly bar: ProgressEvent }) {
  const part = bar.total === null ? null : share(bar.done, bar.total);
  const value = part === null ? {} : { "aria-valuenow": Math.floor(part * 100) };
  return (
    <div className="progress" role="progressbar" aria-label={bar.label || "Progress"} {...value}>
      <div className="progress-track" data-open={part === null ? "" : undefined}>
        <div className="progress-done" style={part === null ? {} : { width: `${part * 100}%` }} />
      </div>
      <span className="progress-text">{progressText(bar)}</span>
    </div>
  );
}
