import { bytesText, plural } from "../app/format.ts";
import type { UploadProgress } from "./upload.ts";

interface Props {
  readonly phase: string;
  readonly progress: UploadProgress;
  readonly onCancel: () => void;
}

export function CrawlProgressView({ phase, progress, onCancel }: Props) {
  const { files, filesDone, bytes, bytesDone, current } = progress;
  const share = bytes > 0 ? Math.min(1, bytesDone / bytes) : null;
  return (
    <div className="crawl">
      <div
        className={`progress${share === null ? " unknown" : ""}`}
        role="progressbar"
        aria-label={phase}
        {...(share === null ? {} : { "aria-valuenow": Math.round(share * 100) })}
      >
        <div style={share === null ? {} : { width: `${share * 100}%` }} />
      </div>
      <div className="crawl-facts number">
        <span className="current">
          {phase}
          {current ? ` ${current}` : "…"}
        </span>
        <span style={{ flex: "none" }}>
          {filesDone} of {plural(files, "file")} · {bytesText(bytesDone)} of {bytesText(bytes)}
        </span>
      </div>
      <div className="actions">
        <button type="button" className="button" onClick={onCancel}>
          Cancel
        </button>
      </div>
    </div>
  );
}
