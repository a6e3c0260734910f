import { useEffect } from "react";
import { Store, useStore } from "../app/store.ts";
import type { Workbench } from "./context.ts";

/** Stands before the title while the tab is hidden: a long run has ended well, or not. */
export const titleMark = new Store<"" | "✓" | "✗">("");

/** The tab is called as the notebook, with a mark for what ended unseen. */
export function usePageTitle({ session }: Workbench): void {
  const title = useStore(session.notebook, (notebook) => notebook.title);
  const mark = useStore(titleMark, (now) => now);
  useEffect(() => {
    document.title = `${mark ? `${mark} ` : ""}${title ? `${title} · ` : ""}Percolate`;
    return () => {
      document.title = "Percolate";
    };
  }, [title, mark]);
  useEffect(() => {
    const seen = () => document.hidden || titleMark.set("");
    document.addEventListener("visibilitychange", seen);
    return () => document.removeEventListener("visibilitychange", seen);
  }, []);
}
