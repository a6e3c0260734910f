const tickMs = 400;
/** Questions in a row that stay without an answer until the sandbox counts as stuck. */
const mostMissed = 2;

/** Asks the sandbox again and again whether it answers: a loop outside of any cell's run shows in no other way. */
export class SandboxPulse {
  readonly #ask: () => void;
  readonly #tell: (stuck: boolean) => void;
  #timer: ReturnType<typeof setInterval> | undefined;
  #missed = 0;

  /** @param tell called when it ceases to answer, and when it answers again */
  constructor(ask: () => void, tell: (stuck: boolean) => void) {
    this.#ask = ask;
    this.#tell = tell;
  }

  start(): void {
    this.stop();
    this.#timer = setInterval(() => this.#tick(), tickMs);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.answered();
  }

  answered(): void {
    if (this.#missed >= mostMissed) this.#tell(false);
    this.#missed = 0;
  }

  /** Of a hidden page the browser slows everything down. */
  #tick(): void {
    if (document.hidden) return this.answered();
    if (this.#missed === mostMissed) this.#tell(true);
    this.#missed++;
    this.#ask();
  }
}
