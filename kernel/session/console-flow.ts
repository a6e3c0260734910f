import type { CellEvent } from "../notebook/protocol.ts";

type Line = Extract<CellEvent, { type: "console" }>;

/** Lines that pass at once in one turn of the event loop, and lines kept of those that come after. */
const mostLines = 500;
const mostCharacters = 20_000;

/** Lets events pass, but of a flood of console lines only as many as someone can read: the first and the last ones. */
export class ConsoleFlow {
  readonly #pass: (event: CellEvent) => void;
  #passed = 0;
  #left = 0;
  #last: Line[] = [];
  #planned = false;

  constructor(pass: (event: CellEvent) => void) {
    this.#pass = pass;
  }

  readonly emit = (event: CellEvent): void => {
    if (event.type === "console") this.#line(shortened(event));
    else this.#pass(event);
  };

  #line(line: Line): void {
    this.#plan();
    if (this.#passed++ < mostLines) return this.#pass(line);
    this.#last.push(line);
    if (this.#last.length < 2 * mostLines) return;
    this.#left += this.#last.length - mostLines;
    this.#last = this.#last.slice(-mostLines);
  }

  #plan(): void {
    if (this.#planned) return;
    this.#planned = true;
    setImmediate(() => this.#turn());
  }

  /** The event loop goes on: what was kept passes. */
  #turn(): void {
    const [last, left] = [this.#last, this.#left];
    this.#last = [];
    this.#left = 0;
    this.#passed = 0;
    this.#planned = false;
    const [first] = last;
    if (left > 0 && first)
      this.#pass({ ...first, level: "warn", text: `… ${left.toLocaleString("en")} lines left out …` });
    for (const line of last) this.#pass(line);
  }
}

function shortened(line: Line): Line {
  const more = line.text.length - mostCharacters;
  if (more <= 0) return line;
  return {
    ...line,
    text: `${line.text.slice(0, mostCharacters)} … ${more.toLocaleString("en")} more characters`,
  };
}
