/** `Promises` of Observable: waiting as a value. Durations are ms, times ms since 1970. */

/** Longest that a timer can wait, in ms. */
const longest = 0x7fffffff;

function delay<T>(duration: number, value?: T): Promise<T | undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(value), duration));
}

/** @throws RangeError when the time is more than 24 days away. */
async function when<T>(time: number | { valueOf(): number }, value?: T): Promise<T | undefined> {
  const left = Number(time) - Date.now();
  if (left > longest) throw new RangeError("Promises.when: the time is more than 24 days away");
  return left > 0 ? await delay(left, value) : value;
}

/** Waits for the next whole multiple of `duration`: every tick of one second comes at the full second. */
function tick<T>(duration: number, value?: T): Promise<T | undefined> {
  return when(Math.ceil((Date.now() + 1) / duration) * duration, value);
}

export const promises = { delay, tick, when } as const;
