/**
 * A canvas for where there is no browser, as far as Plot draws on one: rectangles of plain colours (colour legends)
 * and whole images (raster marks). `toDataURL` gives a PNG.
 */

import { deflateSync } from "node:zlib";
import { crc32 } from "./crc32.ts";

export interface CanvasClasses {
  readonly HTMLCanvasElement: { prototype: object };
}

interface Canvas {
  width: number;
  height: number;
}

/** Pixels as in an ImageData: RGBA, row by row. */
interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

const contexts = new WeakMap<object, Context2d>();

/** Adds drawing to a linkedom window's canvas class. */
export function addCanvas(window: CanvasClasses): void {
  Object.defineProperties(window.HTMLCanvasElement.prototype, {
    getContext: {
      configurable: true,
      value(this: Canvas, kind: string) {
        if (kind !== "2d") return null;
        const context = contexts.get(this) ?? new Context2d(this);
        contexts.set(this, context);
        return context;
      },
    },
    toDataURL: {
      configurable: true,
      value(this: Canvas) {
        const pixels = contexts.get(this)?.pixels() ?? blank(this.width, this.height);
        return `data:image/png;base64,${png(pixels).toString("base64")}`;
      },
    },
  });
}

class Context2d {
  fillStyle: unknown = "#000";
  font = "10px sans-serif";
  readonly canvas: Canvas;
  #pixels: Pixels | null = null;

  constructor(canvas: Canvas) {
    this.canvas = canvas;
  }

  /** The pixels, at the canvas's present size. */
  pixels(): Pixels {
    const { width, height } = this.canvas;
    const [columns, rows] = [Math.trunc(width), Math.trunc(height)];
    if (this.#pixels?.width !== columns || this.#pixels.height !== rows) this.#pixels = blank(columns, rows);
    return this.#pixels;
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    this.#each(x, y, width, height, parseColor(String(this.fillStyle)));
  }

  clearRect(x: number, y: number, width: number, height: number): void {
    this.#each(x, y, width, height, [0, 0, 0, 0]);
  }

  /** An estimate, in px, after the widths of Helvetica: there are no fonts here. */
  measureText(text: string): { width: number } {
    const size = Number(/([\d.]+)px/.exec(this.font)?.[1] ?? 10);
    return { width: size * [...text].reduce((sum, character) => sum + widthOf(character), 0) };
  }

  createImageData(width: number, height: number): Pixels {
    return blank(width, height);
  }

  getImageData(x: number, y: number, width: number, height: number): Pixels {
    const from = this.pixels();
    const taken = blank(width, height);
    for (let row = 0; row < height; row++) {
      const start = 4 * ((y + row) * from.width + x);
      taken.data.set(from.data.subarray(start, start + 4 * width), 4 * row * width);
    }
    return taken;
  }

  putImageData(image: Pixels, x: number, y: number): void {
    const to = this.pixels();
    const columns = Math.min(image.width, to.width - x);
    for (let row = 0; row < Math.min(image.height, to.height - y); row++) {
      const start = 4 * row * image.width;
      to.data.set(image.data.subarray(start, start + 4 * columns), 4 * ((y + row) * to.width + x));
    }
  }

  #each(x: number, y: number, width: number, height: number, color: readonly number[]): void {
    const { data, width: columns, height: rows } = this.pixels();
    for (let row = Math.max(0, y); row < Math.min(rows, y + height); row++) {
      for (let column = Math.max(0, x); column < Math.min(columns, x + width); column++) {
        data.set(color, 4 * (Math.trunc(row) * columns + Math.trunc(column)));
      }
    }
  }
}

/** Width of a character in em. */
function widthOf(character: string): number {
  if (/[ijl.,:;'|!I]/.test(character)) return 0.25;
  if (/[ftr()[\]{}\-/ ]/.test(character)) return 0.31;
  if (/[mwMW@%]/.test(character)) return 0.86;
  if (/[A-Z]/.test(character)) return 0.68;
  return character > "\u2e80" ? 1 : 0.55;
}

function blank(width: number, height: number): Pixels {
  const [columns, rows] = [Math.max(0, Math.trunc(width)), Math.max(0, Math.trunc(height))];
  return { width: columns, height: rows, data: new Uint8ClampedArray(4 * columns * rows) };
}

/** `rgb(1, 2, 3)`, `rgba(1, 2, 3, 0.5)`, `#abc` and `#aabbcc`, as colour scales write them; else transparent. */
function parseColor(text: string): readonly number[] {
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text)?.[1];
  if (hex) return [...hexPairs(hex).map((pair) => Number.parseInt(pair, 16)), 255];
  const parts =
    /^rgba?\(([^)]*)\)$/
      .exec(text)?.[1]
      ?.split(/[\s,/]+/)
      .map(Number) ?? [];
  const [red, green, blue, alpha = 1] = parts;
  if (red === undefined || green === undefined || blue === undefined) return [0, 0, 0, 0];
  return [red, green, blue, alpha * 255];
}

function hexPairs(hex: string): string[] {
  return hex.length === 3 ? [...hex].map((digit) => digit + digit) : (hex.match(/../g) ?? []);
}

/** After the PNG specification (ISO/IEC 15948): 8 bits RGBA, no filter. */
function png({ width, height, data }: Pixels): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(Math.max(1, width), 0);
  header.writeUInt32BE(Math.max(1, height), 4);
  header.set([8, 6, 0, 0, 0], 8);
  const rows = Buffer.alloc(Math.max(1, height) * (4 * Math.max(1, width) + 1));
  for (let row = 0; row < height; row++) {
    rows.set(data.subarray(4 * row * width, 4 * (row + 1) * width), row * (4 * width + 1) + 1);
  }
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), content]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(content.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
