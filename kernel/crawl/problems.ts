import { inputError, type UserError } from "../notebook/errors.ts";
import type { ListedFile } from "./list.ts";

/** Every way in which one file can fail: problem, value, place, remedy. The others are still taken. */
export const problems = {
  empty: (file: ListedFile) => inputError(`"${file.relative}" is empty`, "write it again, or delete it"),

  unreadable: (file: ListedFile, code: string) =>
    inputError(
      `"${file.relative}" cannot be read (${code})`,
      `give yourself permission: chmod u+r ${quoted(file)}`,
    ),

  notItsName: (file: ListedFile, expected: string, found: string) =>
    inputError(
      `"${file.relative}" is not ${expected}, as its name says: it looks like ${found}`,
      "give it the extension of what it is, or write it again in the format that its name says",
    ),

  truncatedParquet: (file: ListedFile) =>
    inputError(
      `"${file.relative}" begins as a Parquet file but its end is missing: it was cut off after ${file.bytes.toLocaleString("en")} bytes`,
      "copy or download it again",
    ),

  compressedParquet: (file: ListedFile) =>
    inputError(
      `"${file.relative}" is a Parquet file inside gzip, which cannot be read in place`,
      `unpack it: gunzip ${quoted(file)}`,
    ),

  badGzip: (file: ListedFile, detail: string) =>
    inputError(
      `"${file.relative}" is damaged gzip data (${detail})`,
      `copy or download it again; "gzip -t ${file.relative}" tells when it is whole`,
    ),

  encoding: (file: ListedFile, line: number, offset: number, bytes: string, guess: string) =>
    inputError(
      `"${file.relative}" is not UTF-8: line ${line.toLocaleString("en")} has the bytes ${bytes} at byte ${offset.toLocaleString("en")}`,
      `convert it from its own encoding, for example: iconv -f ${guess} -t UTF-8 ${quoted(file)} > converted.csv`,
    ),

  bigEndian: (file: ListedFile) =>
    inputError(
      `"${file.relative}" is big-endian UTF-16, which cannot be read in place`,
      `convert it: iconv -f UTF-16BE -t UTF-8 ${quoted(file)} > converted.csv`,
    ),

  wideJson: (file: ListedFile) =>
    inputError(
      `"${file.relative}" is UTF-16 JSON, which cannot be read in place`,
      `convert it: iconv -f UTF-16 -t UTF-8 ${quoted(file)} > converted.json`,
    ),

  ragged: (
    file: ListedFile,
    line: number,
    text: string,
    expected: number,
    found: number,
    delimiter: string,
  ) =>
    inputError(
      `"${file.relative}" line ${line.toLocaleString("en")} has ${fields(found)} where ${expected} ${expected === 1 ? "is" : "are"} expected: ${shortened(text)}`,
      found > expected
        ? `put values that contain ${delimiter} in double quotes, or remove what is too much, and crawl again`
        : "add the values that are missing (empty ones too), and crawl again",
    ),

  openQuote: (file: ListedFile, line: number, text: string) =>
    inputError(
      `"${file.relative}" line ${line.toLocaleString("en")} has a double quote that is not closed properly: ${shortened(text)}`,
      'close it; a double quote inside a quoted value is written twice: ""',
    ),

  mixedNewlines: (file: ListedFile) =>
    inputError(
      `"${file.relative}" mixes line endings (some lines end in CR LF, some in LF) or quotes values in a way that cannot be told apart`,
      `make the line endings one: sed -i 's/\\r$//' ${quoted(file)}`,
    ),

  longLine: (file: ListedFile) =>
    inputError(
      `"${file.relative}" has a line longer than 2 MB, which no table has`,
      "check that it is a CSV file with line breaks",
    ),

  badJson: (file: ListedFile, place: string, detail: string) =>
    inputError(
      `"${file.relative}" is not valid JSON: ${detail}${place && ` ${place}`}`,
      "correct it there, or write it again",
    ),

  bigObject: (file: ListedFile) =>
    inputError(
      `"${file.relative}" holds one JSON value of more than ${file.bytes.toLocaleString("en")} bytes, too large for one row`,
      "write it as one object per line (NDJSON)",
    ),

  noTable: (file: ListedFile) =>
    inputError(`"${file.relative}" holds no row`, "write it again, or delete it"),

  other: (file: ListedFile, detail: string) =>
    inputError(
      `"${file.relative}" cannot be read: ${detail}`,
      "check the file with the program that wrote it",
    ),
} satisfies Record<string, (file: ListedFile, ...rest: never[]) => UserError>;

function quoted(file: ListedFile): string {
  return `'${file.path.replaceAll("'", "'\\''")}'`;
}

function fields(count: number): string {
  return `${count} ${count === 1 ? "field" : "fields"}`;
}

function shortened(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
