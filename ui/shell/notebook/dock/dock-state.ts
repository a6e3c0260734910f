import { Store } from "../../app/store.ts";

export interface DockView {
  /** Id of the panel that is shown; null while the dock is shut. */
  readonly panel: string | null;
  /** The panel that is shown when the dock is opened. */
  readonly last: string;
  /** Of the panel, in px, where it stands beside the cells. */
  readonly width: number;
}

export const widths = { least: 240, usual: 340, most: 720 };
const key = "percolate:dock";

/** Which panel stands beside the cells, and how wide: one choice for all notebooks, kept in the browser. */
export class DockState {
  readonly view = new Store<DockView>(read());

  /** Shows a panel; the dock opens if it is shut. */
  show(panel: string): void {
    this.#set({ panel, last: panel });
  }

  /** Shows a panel, or shuts the dock if that one is shown. */
  toggle(panel: string): void {
    if (this.view.get().panel === panel) this.shut();
    else this.show(panel);
  }

  /** Opens the dock with the panel that was shown last, or shuts it. */
  toggleLast(): void {
    this.toggle(this.view.get().panel ?? this.view.get().last);
  }

  shut(): void {
    this.#set({ panel: null });
  }

  /** @param width px; kept within what a panel and the cells can do with */
  resize(width: number): void {
    this.#set({ width: Math.round(Math.min(widths.most, Math.max(widths.least, width))) });
  }

  #set(change: Partial<DockView>): void {
    this.view.update((view) => ({ ...view, ...change }));
    try {
      localStorage.setItem(key, JSON.stringify(this.view.get()));
    } catch {
      // A convenience; without storage it lasts as long as the page.
    }
  }
}

function read(): DockView {
  const shut: DockView = { panel: null, last: "outline", width: widths.usual };
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? "{}");
    if (typeof value !== "object" || value === null) return shut;
    const { panel, last, width } = value as Record<string, unknown>;
    return {
      panel: typeof panel === "string" ? panel : null,
      last: typeof last === "string" ? last : shut.last,
      width: typeof width === "number" && Number.isFinite(width) ? width : shut.width,
    };
  } catch {
    return shut;
  }
}
