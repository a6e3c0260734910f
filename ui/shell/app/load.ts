import { useCallback, useEffect, useState } from "react";
import { type Failure, toFailure } from "../../../kernel/notebook/errors.ts";

export type Loaded<T> =
  | { readonly state: "loading" }
  | { readonly state: "ready"; readonly value: T }
  | { readonly state: "failed"; readonly failure: Failure };

/** Calls `load` when the component appears and whenever `reload` is called. What was there stays until then. */
export function useLoad<T>(load: () => Promise<T>, key: string): [Loaded<T>, () => void] {
  const [loaded, setLoaded] = useState<Loaded<T>>({ state: "loading" });
  const [turn, setTurn] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for `load`, `turn` asks again
  useEffect(() => {
    let live = true;
    load().then(
      (value) => live && setLoaded({ state: "ready", value }),
      (error) => live && setLoaded({ state: "failed", failure: toFailure(error) }),
    );
    return () => {
      live = false;
    };
  }, [key, turn]);
  return [loaded, useCallback(() => setTurn((count) => count + 1), [])];
}
