/** Values of every kind that may cross, drawn at random. */

export function seeded(seed: number): () => number {
  let state = seed * 2654435761 + 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const leaves: readonly ((random: () => number) => unknown)[] = [
  (random) => random() * 1e6,
  () => -0,
  () => Number.NaN,
  () => Number.NEGATIVE_INFINITY,
  () => undefined,
  () => null,
  (random) => random() < 0.5,
  (random) => BigInt(Math.floor(random() * 1e15)) ** 3n,
  (random) => new Date(Math.floor(random() * 2e12)),
  () => new Date(Number.NaN),
  () => /a+b/giu,
  (random) => String.fromCodePoint(...Array.from({ length: 5 }, () => 1 + Math.floor(random() * 0xd000))),
  () => "\u0001",
  () => "$part",
  () => "\ud800 alone \udfff",
  () => new URL("https://example.org/a?b=c#d"),
  () => new TypeError("wrong", { cause: { code: 7 } }),
  () => Float32Array.of(1.5, Number.NaN, -0),
  () => Int8Array.of(-1, 2),
  () => Int16Array.of(-1, 2),
  () => Int32Array.of(-1, 2),
  () => Uint32Array.of(1, 2 ** 31),
  () => Uint8ClampedArray.of(1, 255),
  () => BigUint64Array.of(2n ** 63n),
  () => new DataView(new Uint8Array([1, 2, 3, 4]).buffer, 1, 2),
  (random) => Array.from({ length: 32 + 40 * random() }, () => (random() < 0.1 ? -0 : random())),
  // biome-ignore lint/suspicious/noSparseArray: holes stay holes
  () => [1, , 3],
  () => Object.assign([{ a: 1 }], { columns: ["a"] }),
  () => ({ $part: 0, $$part: "x" }),
  (random) => Float64Array.from({ length: Math.floor(random() * 9) }, random),
  (random) => Uint8Array.from({ length: Math.floor(random() * 9) }, () => random() * 256),
  () => new BigInt64Array([1n, -2n]),
  () => new Uint16Array(new Uint16Array([1, 2, 3, 4]).buffer, 2, 2),
  () => new ArrayBuffer(3),
];

export function randomValue(random: () => number, depth: number): unknown {
  const kind = depth === 0 ? 9 : Math.floor(random() * 8);
  const items = () => Array.from({ length: Math.floor(random() * 4) }, () => randomValue(random, depth - 1));
  if (kind === 0) return items();
  if (kind === 1) return Object.fromEntries(items().map((item, index) => [`k${index}`, item]));
  if (kind === 2) return new Set(items());
  if (kind === 3) return new Map(items().map((item, index) => [index % 2 ? index : { index }, item]));
  if (kind === 4) return twice(randomValue(random, depth - 1));
  return leaves[Math.floor(random() * leaves.length)]?.(random);
}

/** The same object at two places. */
function twice(value: unknown): unknown {
  return { first: value, second: [value] };
}
