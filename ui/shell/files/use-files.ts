import { useCallback, useEffect, useMemo, useState } from "react";
import type { FileEntry } from "../../../kernel/notebook/api.ts";
import { type Failure, toFailure } from "../../../kernel/notebook/errors.ts";
import { client } from "../app/client.ts";
import { toast, toastFailure } from "../app/toasts.tsx";
import { type Dropped, type UploadProgress, upload } from "../home/upload.ts";
import { emptyTree, folderOf, joined, nameOf, type Tree, withList, withOpen } from "./tree.ts";

export interface Files {
  readonly tree: Tree;
  readonly failure: Failure | null;
  readonly uploading: UploadProgress | null;
  toggle(path: string, open: boolean): void;
  reload(): void;
  create(path: string, kind: "folder" | "file"): Promise<void>;
  move(path: string, to: string): Promise<void>;
  remove(entry: FileEntry): Promise<void>;
  receive(folder: string, files: readonly Dropped[]): Promise<void>;
}

/** The workspace's files, loaded folder by folder, and what can be done to them. */
export function useFiles(): Files {
  const [tree, setTree] = useState<Tree>(emptyTree);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [uploading, setUploading] = useState<UploadProgress | null>(null);
  const load = useCallback(async (path: string) => {
    try {
      const list = await client.files(path);
      setTree((now) => withList(now, list));
      setFailure(null);
    } catch (error) {
      // A folder that went away is closed; what is left says so.
      setTree((now) => withOpen(now, path, false));
      if (path === "") setFailure(toFailure(error));
    }
  }, []);
  const { open } = tree;
  const reload = useCallback(() => {
    for (const path of ["", ...open]) void load(path);
  }, [load, open]);
  useEffect(() => void load(""), [load]);
  useEffect(() => {
    window.addEventListener("focus", reload);
    return () => window.removeEventListener("focus", reload);
  }, [reload]);
  return useMemo(() => {
    const toggle = (path: string, isOpen: boolean) => {
      setTree((now) => withOpen(now, path, isOpen));
      if (isOpen) void load(path);
    };
    return { tree, failure, uploading, toggle, reload, ...actions(load, toggle, setUploading) };
  }, [tree, failure, uploading, reload, load]);
}

function actions(
  load: (path: string) => Promise<void>,
  toggle: (path: string, open: boolean) => void,
  setUploading: (progress: UploadProgress | null) => void,
): Pick<Files, "create" | "move" | "remove" | "receive"> {
  const show = async (path: string) => {
    const folder = folderOf(path);
    if (folder !== "") toggle(folder, true);
    await load(folder);
  };
  return {
    create: (path, kind) => told(async () => show((await client.createEntry(path, kind)).path)),
    move: (path, to) =>
      told(async () => {
        const moved = await client.moveEntry(path, to);
        await load(folderOf(path));
        await show(moved.path);
      }),
    remove: ({ path }) =>
      told(async () => {
        const { trash } = await client.removeEntry(path);
        await load(folderOf(path));
        const run = () => void told(async () => show((await client.restoreEntry(trash)).path));
        toast(`“${nameOf(path)}” is in the trash.`, { label: "Undo", run });
      }),
    receive: (folder, files) =>
      told(async () => {
        try {
          await upload(files, new AbortController().signal, setUploading, (name, file) =>
            client.uploadTo(folder, name, file),
          );
        } finally {
          setUploading(null);
          await show(joined(folder, "x"));
        }
      }),
  };
}

async function told(action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    toastFailure(error);
  }
}
