/** Rewrites a text without moving anything: what is taken away becomes spaces, line breaks stay where they are. */
export class Overlay {
  readonly source: string;
  readonly #blank: Uint8Array;
  readonly #put = new Map<number, string>();
  #changed = false;

  constructor(source: string) {
    this.source = source;
    this.#blank = new Uint8Array(source.length);
  }

  blank(start: number, end: number): void {
    this.#blank.fill(1, start, end);
    this.#changed = true;
  }

  /** Writes over as many characters as `text` has, blank or not. */
  put(at: number, text: string): void {
    for (let i = 0; i < text.length; i++) this.#put.set(at + i, text.charAt(i));
    this.#changed = true;
  }

  /** Blanks a whole statement or class member; the semicolon keeps its neighbours apart. */
  remove(start: number, end: number): void {
    this.blank(start, end);
    this.put(start, ";");
  }

  isBlank(at: number): boolean {
    return this.#blank[at] === 1 && !this.#put.has(at);
  }

  toString(): string {
    if (!this.#changed) return this.source;
    let text = "";
    for (let i = 0; i < this.source.length; i++) text += this.#put.get(i) ?? this.#kept(i);
    return text;
  }

  #kept(at: number): string {
    const char = this.source.charAt(at);
    return this.#blank[at] === 0 || /[\n\r\u2028\u2029]/.test(char) ? char : " ";
  }
}
