import { isAscii, isUtf8 } from "node:buffer";

/** Judges a stream of bytes: is it UTF-8, and if not, what else could it be? Constant memory. */
export class Utf8Check {
  /** Offset of the first byte that is not UTF-8. */
  firstBad: number | undefined;
  /** The first bytes that are not UTF-8, in hexadecimal. */
  badBytes = "";
  #multibyte = false;
  #controls = false;
  #longestRun = 0;
  #offset = 0;
  #rest = Buffer.alloc(0);

  push(chunk: Buffer): void {
    if (this.#rest.length === 0 && isAscii(chunk)) {
      this.#offset += chunk.length;
      return;
    }
    const data = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    const cut = data.length - incomplete(data);
    this.#rest = Buffer.from(data.subarray(cut));
    this.#judge(data.subarray(0, cut));
  }

  end(): void {
    this.#judge(this.#rest);
  }

  /** Letters of Western languages in ISO 8859-1, each among ASCII; and nothing that is UTF-8 beyond ASCII. */
  get looksLatin1(): boolean {
    return this.firstBad !== undefined && !this.#multibyte && !this.#controls && this.#longestRun <= 2;
  }

  /** The encoding to try, as iconv names it. */
  get guess(): string {
    if (this.#multibyte) return "UTF-8 -c";
    return "WINDOWS-1252";
  }

  #judge(data: Buffer): void {
    if (isUtf8(data)) this.#multibyte ||= !isAscii(data);
    else this.#walk(data);
    this.#offset += data.length;
  }

  #walk(data: Buffer): void {
    let run = 0;
    for (let i = 0; i < data.length; ) {
      const length = sequenceAt(data, i);
      if (length > 1) this.#multibyte = true;
      if (length > 0) run = 0;
      else this.#bad(data, i, ++run);
      i += Math.max(1, length);
    }
  }

  #bad(data: Buffer, i: number, run: number): void {
    if (this.firstBad === undefined) {
      this.firstBad = this.#offset + i;
      this.badBytes = data
        .subarray(i, i + 3)
        .toString("hex")
        .replace(/..(?=.)/g, "$& ");
    }
    this.#controls ||= (data[i] ?? 0) < 0xa0;
    this.#longestRun = Math.max(this.#longestRun, run);
  }
}

/** Bytes at the end that only begin a character. */
function incomplete(data: Buffer): number {
  for (let back = 1; back <= Math.min(3, data.length); back++) {
    const byte = data[data.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return expectedLength(byte) > back ? back : 0;
  }
  return 0;
}

function expectedLength(byte: number): number {
  return byte < 0x80 ? 1 : byte < 0xc2 ? 0 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : byte < 0xf5 ? 4 : 0;
}

/** Length of the UTF-8 character at `i`; 0 where there is none. */
function sequenceAt(data: Buffer, i: number): number {
  const length = expectedLength(data[i] ?? 0);
  return length > 0 && i + length <= data.length && isUtf8(data.subarray(i, i + length)) ? length : 0;
}
