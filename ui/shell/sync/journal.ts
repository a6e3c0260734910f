import type { Replica } from "../../../kernel/notebook/document/replica.ts";

/**
 * Edits that the server has not confirmed, kept in the browser so that a killed tab loses nothing. One entry for each
 * tab; the entry of a tab that is gone is taken over by the next tab that opens the notebook.
 */
export interface Journal {
  save(replica: Replica): void;
  /** Entries of tabs that are gone, each given once. */
  takeOrphans(): Promise<readonly Replica[]>;
  close(): void;
}

const prefix = (path: string) => `percolate:journal:${path}:`;
/** Pages served over plain HTTP from another machine have none. */
const hasLocks = "locks" in navigator;
const lockName = (key: string) => `alive:${key}`;

export function openJournal(path: string, client: string): Journal {
  const key = prefix(path) + client;
  const release = holdLock(lockName(key));
  return {
    save: (replica) => saveEntry(key, replica),
    takeOrphans: () => takeOrphans(prefix(path), key),
    close: release,
  };
}

/** Browsers let go of a tab's locks when it dies: an entry whose lock is free has no tab. */
function holdLock(name: string): () => void {
  if (!hasLocks) return () => {};
  let release = () => {};
  void navigator.locks.request(name, () => new Promise<void>((resolve) => (release = resolve)));
  return () => release();
}

function saveEntry(key: string, replica: Replica): void {
  try {
    if (replica.flight === null && replica.waiting.length === 0) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(replica));
  } catch {
    // The browser's store is full or forbidden: the edits are then only in this tab and on the server.
  }
}

async function takeOrphans(start: string, own: string): Promise<Replica[]> {
  if (!hasLocks) return [];
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(start) && key !== own);
  const taken = await Promise.all(keys.map(takeOrphan));
  return taken.filter((replica) => replica !== null);
}

function takeOrphan(key: string): Promise<Replica | null> {
  return navigator.locks.request(lockName(key), { ifAvailable: true }, (lock) => {
    const text = lock ? localStorage.getItem(key) : null;
    if (text === null) return null;
    localStorage.removeItem(key);
    return JSON.parse(text) as Replica;
  });
}
