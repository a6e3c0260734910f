import { readFile, realpath, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { isText, mediaType } from "../notebook/media-type.ts";

const smallest = 4096;

interface Asset {
  readonly modified: number;
  readonly bytes: Buffer;
  readonly compressed: Map<string, Promise<Buffer>>;
}

/** The built pages, read once and compressed once per encoding. */
export class Assets {
  readonly root: string;
  readonly #read = new Map<string, Asset>();

  constructor(root: string) {
    this.root = root;
  }

  /** The text of a page; null when it was not built. */
  async page(name: string): Promise<string | null> {
    return (await this.#asset(name))?.bytes.toString("utf8") ?? null;
  }

  /** A file below the root as a response. `encodings` is the Accept-Encoding header. */
  async response(name: string, encodings = ""): Promise<Response | null> {
    const asset = await this.#asset(name);
    if (!asset) return null;
    const headers = new Headers({ "content-type": mediaType(name), "cache-control": caching(name) });
    const encoding = asset.bytes.length < smallest || !isText(name) ? null : chooseEncoding(encodings);
    if (!encoding) return new Response(new Uint8Array(asset.bytes), { headers });
    headers.set("content-encoding", encoding);
    headers.set("vary", "accept-encoding");
    return new Response(new Uint8Array(await compressed(asset, encoding)), { headers });
  }

  async #asset(name: string): Promise<Asset | null> {
    const path = await this.#inside(name);
    const found = path === null ? null : await stat(path).catch(() => null);
    if (path === null || !found?.isFile()) return null;
    const known = this.#read.get(path);
    if (known?.modified === found.mtimeMs) return known;
    const asset: Asset = { modified: found.mtimeMs, bytes: await readFile(path), compressed: new Map() };
    this.#read.set(path, asset);
    return asset;
  }

  async #inside(name: string): Promise<string | null> {
    const [root, path] = await Promise.all([real(this.root), real(join(this.root, name))]);
    return root && path?.startsWith(root + sep) ? path : null;
  }
}

function real(path: string): Promise<string | null> {
  return realpath(path).catch(() => null);
}

/** Built names hold a hash of the content. */
function caching(name: string): string {
  return name.startsWith("assets/") ? "public, max-age=31536000, immutable" : "no-cache";
}

function chooseEncoding(accepted: string): "br" | "gzip" | null {
  const names = accepted.split(",").map((part) => part.split(";")[0]?.trim());
  return names.includes("br") ? "br" : names.includes("gzip") ? "gzip" : null;
}

function compressed(asset: Asset, encoding: "br" | "gzip"): Promise<Buffer> {
  const known = asset.compressed.get(encoding);
  if (known) return known;
  const made = encoding === "br" ? brotli(asset.bytes) : promisify(gzip)(asset.bytes, { level: 5 });
  asset.compressed.set(encoding, made);
  return made;
}

/** Level 4 takes about the time of gzip and saves more. */
function brotli(bytes: Buffer): Promise<Buffer> {
  return promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } });
}
