/**
 * Tells what no run of a cell caught (timers, forgotten promises) instead of ending the process, and lets stacks be
 * long enough to reach through a library to the cell. @returns how to end that
 */
export function watchUncaught(tell: (thrown: unknown) => void): () => void {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 50;
  const caught = (thrown: unknown) => tell(thrown);
  process.on("unhandledRejection", caught);
  process.on("uncaughtException", caught);
  return () => {
    Error.stackTraceLimit = limit;
    process.off("unhandledRejection", caught);
    process.off("uncaughtException", caught);
  };
}
