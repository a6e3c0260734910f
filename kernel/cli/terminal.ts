/** Where a command speaks: results on `out`, everything else on `log`. */
export interface Terminal {
  out(text: string): Promise<void>;
  log(text: string): Promise<void>;
  /** A line that the next one overwrites. Does nothing where `log` is not a terminal. */
  progress(text: string): void;
  readonly columns: number;
  readonly color: boolean;
}

export function standardTerminal(): Terminal {
  // A reader that has read enough ("| head") is no failure of ours.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  const live = process.stderr.isTTY === true;
  let shown = false;
  const clear = () => {
    if (shown) process.stderr.write("\r\x1b[2K");
    shown = false;
  };
  return {
    out: (text) => write(process.stdout, text, clear),
    log: (text) => write(process.stderr, text, clear),
    progress(text) {
      if (!live) return;
      process.stderr.write(`\r\x1b[2K${text.slice(0, (process.stderr.columns ?? 80) - 1)}`);
      shown = text !== "";
    },
    columns: process.stdout.columns ?? 100,
    color: process.stdout.isTTY === true && !process.env.NO_COLOR,
  };
}

/** Done when the text has left this process, so that exiting loses nothing. */
function write(stream: NodeJS.WriteStream, text: string, clear: () => void): Promise<void> {
  clear();
  return new Promise((resolve) => {
    stream.write(text.endsWith("\n") ? text : `${text}\n`, () => resolve());
  });
}
