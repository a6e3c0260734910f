/**
 * Cells that never come to an end, in every way that we know of, and give `x`. `unhandled` is an error that nobody
 * handles.
 */
export const stuck: readonly (readonly [what: string, source: string])[] = [
  ["a promise that never settles", "const x = new Promise(() => {})"],
  ["an await of one", "const x = await new Promise(() => {})"],
  ["a promise for a promise that never settles", "const x = Promise.resolve(new Promise(() => {}))"],
  ["an endless generator", "const x = (function*() { for (let i = 0; ; i++) yield i; })()"],
  ["an endless async generator", "const x = (async function*() { for (let i = 0; ; i++) yield i; })()"],
  [
    "a generator that is stuck before its first value",
    "const x = (async function*() { await new Promise(() => {}); yield 1; })()",
  ],
  [
    "a generator that is stuck after its first value",
    "const x = (async function*() { yield 1; await new Promise(() => {}); })()",
  ],
  ["a generator of promises that never settle", "const x = (function*() { yield new Promise(() => {}); })()"],
  [
    "a generator that fails as it is told to end",
    "const x = (function*() { try { for (;;) yield 1; } finally { throw new Error('not now'); } })()",
  ],
  [
    "a generator that goes on when it is told to end",
    "const x = (function*() { for (;;) try { yield 1; } finally { continue; } })()",
  ],
  [
    "an iterator that fails when it is told to end, and one later",
    "const x = {next: () => ({value: 1}), return() { return Promise.reject(new Error('late')); }}",
  ],
  [
    "an error as its run ends",
    "invalidation.then(() => { throw unhandled; }); const x = await new Promise(() => {})",
  ],
  ["a then that never calls back", "const x = {then() {}}"],
  ["a then that throws", "const x = {then() { throw new Error('then'); }}"],
  ["a promise that nobody handles", "Promise.reject(unhandled); const x = new Promise(() => {})"],
];
