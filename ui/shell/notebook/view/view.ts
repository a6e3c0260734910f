import { createContext, useContext } from "react";
import type { NotebookView } from "../../app/router.ts";

export interface View {
  readonly view: NotebookView;
  /** The slide that is shown, from 0. */
  readonly slide: number;
  /** Whether code is shown where notebooks are read. */
  readonly code: boolean;
}

export const editing: View = { view: "edit", slide: 0, code: false };

export const ViewContext = createContext<View>(editing);

/** How the notebook is shown: to be edited, as an app, or as slides. */
export const useView = (): View => useContext(ViewContext);
