import { client } from "../app/client.ts";

/** A file to upload; `name` may hold folders: "sales/year=2024/part.csv". */
export interface Dropped {
  readonly name: string;
  readonly file: File;
}

export interface UploadProgress {
  readonly files: number;
  readonly filesDone: number;
  readonly bytes: number;
  readonly bytesDone: number;
  readonly current: string | null;
}

/** All files of a drop, those in dropped folders included. */
export async function droppedFiles(transfer: DataTransfer): Promise<Dropped[]> {
  // All taken before the first await: the browser empties the list after the event.
  const taken = [...transfer.items].map((item) => item.webkitGetAsEntry() ?? item.getAsFile());
  const lists = await Promise.all(taken.filter((each) => each !== null).map(filesOf));
  return lists.flat();
}

async function filesOf(taken: FileSystemEntry | File): Promise<Dropped[]> {
  return taken instanceof File ? [{ name: taken.name, file: taken }] : filesBelow(taken);
}

async function filesBelow(entry: FileSystemEntry): Promise<Dropped[]> {
  if (entry.name.startsWith(".")) return [];
  if (isFile(entry)) return [{ name: entry.fullPath.replace(/^\//, ""), file: await fileOf(entry) }];
  const lists = await Promise.all((await childrenOf(entry as FileSystemDirectoryEntry)).map(filesBelow));
  return lists.flat();
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** A directory reader gives its entries in portions, the last one empty. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const portion = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (portion.length === 0) return all;
    all.push(...portion);
  }
}

/** Sends the files one after another. Stops with the signal's reason when that fires. */
export async function upload(
  files: readonly Dropped[],
  signal: AbortSignal,
  onProgress: (progress: UploadProgress) => void,
  send: (name: string, file: Blob) => Promise<unknown> = client.upload,
): Promise<void> {
  const bytes = files.reduce((sum, { file }) => sum + file.size, 0);
  let bytesDone = 0;
  for (const [filesDone, { name, file }] of files.entries()) {
    signal.throwIfAborted();
    onProgress({ files: files.length, filesDone, bytes, bytesDone, current: name });
    await send(name, file);
    bytesDone += file.size;
  }
}
