import { useMemo } from "react";
import { useStore } from "../../app/store.ts";
import type { FoundMatch } from "../../editor/found-matches.ts";
import { useWorkbench } from "../context.ts";

const none: readonly FoundMatch[] = [];

/** What is found in a cell's text, to be marked there. */
export function useFound(cell: number): readonly FoundMatch[] {
  const { find } = useWorkbench();
  const own = useStore(find.found, ({ byCell }) => byCell.get(cell));
  const present = useStore(find.found, ({ all, current }) => {
    const match = all[current];
    return match?.cell === cell ? match : null;
  });
  return useMemo(
    () =>
      own?.map(({ from, to }) => ({ from, to, present: from === present?.from && to === present.to })) ??
      none,
    [own, present],
  );
}
