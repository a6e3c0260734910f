/** What a file's first bytes say it is. */
export interface Look {
  readonly kind: "parquet" | "gzip" | "text" | "utf-16le" | "utf-16be" | "binary";
  /** For people: "a PNG image". */
  readonly called: string;
}

const signatures: readonly [hex: string, called: string][] = [
  ["89504e470d0a1a0a", "a PNG image"],
  ["ffd8ff", "a JPEG image"],
  ["47494638", "a GIF image"],
  ["25504446", "a PDF document"],
  ["504b0304", "a ZIP archive (Excel and OpenDocument files are ZIP archives too)"],
  ["d0cf11e0a1b11ae1", "an old Microsoft Office document"],
  ["53514c69746520666f726d6174203300", "an SQLite database"],
  ["4152524f5731", "an Arrow file"],
  ["4f626a01", "an Avro file"],
  ["4f5243", "an ORC file"],
  ["28b52ffd", "zstd-compressed data"],
  ["425a68", "bzip2-compressed data"],
  ["fd377a585a00", "xz-compressed data"],
  ["377abcaf271c", "a 7-Zip archive"],
  ["04224d18", "lz4-compressed data"],
  ["7f454c46", "a program"],
];

/** Judges by the first bytes (a few hundred are enough). */
export function lookAt(head: Buffer): Look {
  const starts = (hex: string) => head.subarray(0, hex.length / 2).toString("hex") === hex;
  if (starts("50415231")) return { kind: "parquet", called: "a Parquet file" };
  if (starts("1f8b")) return { kind: "gzip", called: "gzip-compressed data" };
  if (starts("fffe")) return { kind: "utf-16le", called: "UTF-16 text" };
  if (starts("feff")) return { kind: "utf-16be", called: "UTF-16 (big-endian) text" };
  const known = signatures.find(([hex]) => starts(hex));
  if (known) return { kind: "binary", called: known[1] };
  if (head.includes(0)) return { kind: "binary", called: "binary data" };
  return { kind: "text", called: textCalled(head) };
}

function textCalled(head: Buffer): string {
  const start = head.toString("latin1", 0, 200).trimStart().toLowerCase();
  if (start.startsWith("<!doctype html") || start.startsWith("<html")) return "an HTML page";
  if (start.startsWith("<")) return "XML or HTML";
  if (start.startsWith("{") || start.startsWith("[")) return "JSON text";
  return "plain text";
}
