import { observe, type Stream } from "./generators.ts";

/** A value that one cell sets and others follow: yields each new `value`. */
export type MutableValue<T> = Stream<T> & { value: T };

/** `const count = Mutable(0)`, then `count.value++` re-runs the cells that use `count`. */
export function Mutable<T>(value: T): MutableValue<T> {
  let latest = value;
  let tell: (value: T) => void = () => undefined;
  const stream = observe<T>((change) => {
    tell = change;
    if (latest !== undefined) change(latest);
  });
  const set = (next: T) => {
    latest = next;
    tell(next);
  };
  return Object.defineProperty(stream, "value", { get: () => latest, set }) as MutableValue<T>;
}
