/** `Files` of Observable: reads what a file input gives. */

interface BlobLike {
  readonly type: string;
  arrayBuffer(): Promise<ArrayBuffer>;
  text(): Promise<string>;
}

async function url(file: BlobLike): Promise<string> {
  return dataUrl(new Uint8Array(await file.arrayBuffer()), file.type || "application/octet-stream");
}

/** Bytes as a `data:` URL. */
export function dataUrl(bytes: Uint8Array, type: string): string {
  const chunks: string[] = [];
  for (let at = 0; at < bytes.length; at += 0x8000)
    chunks.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)));
  return `data:${type};base64,${btoa(chunks.join(""))}`;
}

export const files = {
  buffer: (file: BlobLike) => file.arrayBuffer(),
  text: (file: BlobLike) => file.text(),
  url,
} as const;
