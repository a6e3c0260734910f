/** What a data loader printed, as a value: by its format, as Notebook Kit has it. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SqlEngine } from "../../engine/engine.ts";
import { asStaticMarkup } from "../../notebook/bridge/static-markup.ts";
import type { Format } from "../../notebook/document/formats.ts";
import { inputError, toFailure } from "../../notebook/errors.ts";
import { dataUrl } from "../../notebook/library/files.ts";
import { literal } from "../../notebook/sql-text.ts";
import { tableFromArrow } from "../../notebook/table.ts";
import { domDocument, installDom, parseDocument } from "../dom.ts";
import { ResultTable } from "../tables.ts";

export interface DecodeOptions {
  readonly engine: () => Promise<SqlEngine>;
  readonly signal: AbortSignal;
}

/** @throws UserError when the output is not of the format */
export async function decodeOutput(output: Buffer, format: Format, options: DecodeOptions): Promise<unknown> {
  try {
    return await decoders[format](output, options);
  } catch (error) {
    options.signal.throwIfAborted();
    const { message } = toFailure(error);
    const start = JSON.stringify(output.toString("utf8", 0, 60));
    throw inputError(
      `the output is no ${names[format] ?? format}: ${message.replace(/^\w*Error: /, "")}`,
      output.length === 0
        ? "the program printed nothing; print the data to standard output"
        : `it begins with ${start}; print nothing but the data, or choose another format in the cell's menu`,
    );
  }
}

type Decoder = (output: Buffer, options: DecodeOptions) => unknown;

const names: Partial<Record<Format, string>> = {
  json: "JSON",
  arrow: "Arrow IPC",
  parquet: "Parquet",
  xml: "XML",
};

const textOf = (output: Buffer) => new TextDecoder().decode(output);
const bytesOf = (output: Buffer) => Uint8Array.from(output);

const decoders: Readonly<Record<Format, Decoder>> = {
  text: textOf,
  json: (output) => JSON.parse(textOf(output)),
  csv: (output) => separated(output, ","),
  tsv: (output) => separated(output, "\t"),
  html: htmlElement,
  xml: (output) => parseDocument(textOf(output), "application/xml"),
  svg: image("image/svg+xml"),
  png: image("image/png"),
  jpeg: image("image/jpeg"),
  gif: image("image/gif"),
  webp: image("image/webp"),
  arrow: (output) => tableFromArrow(bytesOf(output)),
  parquet: parquetRows,
  blob: (output) => new Blob([bytesOf(output)]),
  buffer: (output) => bytesOf(output).buffer,
};

async function separated(output: Buffer, delimiter: string): Promise<unknown> {
  const { autoType, dsvFormat } = await import("d3");
  return dsvFormat(delimiter).parse(textOf(output), autoType);
}

/** The rows of a Parquet file stay in the engine, as a query's do. */
async function parquetRows(output: Buffer, { engine, signal }: DecodeOptions): Promise<ResultTable> {
  const folder = await mkdtemp(join(tmpdir(), "percolate-loader-"));
  try {
    const file = join(folder, "output.parquet");
    await writeFile(file, output);
    const sql = `SELECT * FROM read_parquet(${literal(file)})`;
    return new ResultTable(await (await engine()).query(sql, [], { signal }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The element that `html` makes of the text, as in Notebook Kit. */
async function htmlElement(output: Buffer): Promise<unknown> {
  installDom();
  const { html } = await import("htl");
  return asStaticMarkup(html({ raw: [textOf(output)] } as unknown as TemplateStringsArray));
}

function image(type: string): Decoder {
  return (output) => {
    if (output.length === 0) throw new Error("there is nothing to show");
    const picture = domDocument().createElement("img");
    picture.setAttribute("src", dataUrl(output, type));
    return asStaticMarkup(picture);
  };
}
