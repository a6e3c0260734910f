/** What modules write to `process.stdout` and `process.stderr`, or by the global console, told as lines. */

type Told = (text: string, stack: string, level: "log" | "warn") => void;
type Done = (error?: Error) => void;

/** Takes the place of both streams' `write`. What belongs to one turn of the event loop is told at once. */
export function captureWrites(tell: Told): void {
  capture(process.stdout, "log", tell);
  capture(process.stderr, "warn", tell);
}

function capture(stream: NodeJS.WriteStream, level: "log" | "warn", tell: Told): void {
  let text = "";
  let stack = "";
  const flush = () => {
    if (text !== "") tell(text, stack, level);
    text = "";
  };
  stream.write = (chunk: string | Uint8Array, encoding?: BufferEncoding | Done, done?: Done) => {
    if (text === "") {
      stack = new Error().stack ?? "";
      setImmediate(flush);
    }
    const given = typeof encoding === "string" ? encoding : "utf8";
    text += typeof chunk === "string" ? chunk : Buffer.from(chunk).toString(given);
    if (text.endsWith("\n")) flush();
    const called = typeof encoding === "function" ? encoding : done;
    if (called) process.nextTick(called);
    return true;
  };
}
