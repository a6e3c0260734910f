import { readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, extname, relative, resolve, sep } from "node:path";
import type { InlineImage } from "./sanitize.ts";

const mediaTypes: Readonly<Record<string, string>> = {
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".gif": "image/gif",
  ".webp": "image/webp",
  ".avif": "image/avif",
  ".svg": "image/svg+xml",
};

/** Larger pictures would make a report that cannot be mailed. */
const most = 8 * 1024 * 1024;

/**
 * Reads images that lie in the workspace, by addresses relative to the notebook, as data: URLs. Anything else
 * (outside of `root`, also by a link; not a picture; too large) gives null.
 */
export function imagesOf(notebook: string | undefined, root: string | undefined): InlineImage {
  if (notebook === undefined) return () => null;
  const folder = dirname(notebook);
  const within = real(root ?? folder);
  return (address) => {
    const path = localPath(address, folder);
    return path && within && isInside(path, within) ? dataUrl(path) : null;
  };
}

function localPath(address: string, folder: string): string | null {
  if (/^[a-z][a-z\d+.-]*:|^\/\//i.test(address.trim()) || address === "") return null;
  try {
    return real(resolve(folder, decodeURIComponent(address.replace(/[?#].*$/s, ""))));
  } catch {
    return null;
  }
}

function real(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && !way.startsWith(sep);
}

function dataUrl(path: string): string | null {
  const type = mediaTypes[extname(path).toLowerCase()];
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!type || !stat?.isFile() || stat.size > most) return null;
  return `data:${type};base64,${readFileSync(path).toString("base64")}`;
}
