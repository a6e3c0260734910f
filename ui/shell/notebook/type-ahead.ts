/** An editor that is not there by then will not come. */
const longestMs = 3000;

/** Keeps what is typed while the editor that it is meant for is still being made. */
export class TypeAhead {
  #text = "";
  #timer: ReturnType<typeof setTimeout> | null = null;

  start(): void {
    if (this.#timer) return;
    this.#timer = setTimeout(() => this.take(), longestMs);
    window.addEventListener("keydown", this.#keep, { capture: true });
  }

  /** Ends, and gives what was typed. */
  take(): string {
    window.removeEventListener("keydown", this.#keep, { capture: true });
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const text = this.#text;
    this.#text = "";
    return text;
  }

  readonly #keep = (event: KeyboardEvent): void => {
    const { key, ctrlKey, metaKey, altKey, isComposing } = event;
    const typed = key === "Enter" ? "\n" : key;
    if (typed.length !== 1 || ctrlKey || metaKey || altKey || isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    this.#text += typed;
  };
}
