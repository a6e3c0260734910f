import { StringDecoder } from "node:string_decoder";

/** Whole lines of a stream of bytes, without their ends. */
export class LineReader {
  readonly #each: (line: string) => void;
  readonly #decoder = new StringDecoder("utf8");
  #rest = "";

  constructor(each: (line: string) => void) {
    this.#each = each;
  }

  read(bytes: Buffer): void {
    const lines = (this.#rest + this.#decoder.write(bytes)).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.#each(line);
  }
}
