import { useEffect, useRef, useState } from "react";
import type { Crawl } from "../../../kernel/notebook/api.ts";
import { type Failure, toFailure } from "../../../kernel/notebook/errors.ts";
import { client } from "../app/client.ts";
import { Dialog } from "../app/dialog.tsx";
import { FailureNote } from "../app/failure-note.tsx";
import { CrawlProgressView } from "./crawl-progress.tsx";
import { CrawlSummaryView } from "./crawl-summary.tsx";
import { FolderPicker } from "./folder-picker.tsx";
import { type Dropped, type UploadProgress, upload } from "./upload.ts";

type Step =
  | { readonly step: "choose" }
  | { readonly step: "upload"; readonly progress: UploadProgress }
  | { readonly step: "crawl"; readonly crawl: Crawl }
  | { readonly step: "failed"; readonly failure: Failure };

interface Props {
  /** Folder to begin browsing in. */
  readonly start: string;
  /** Files dropped onto the page; none to choose a folder. */
  readonly dropped: readonly Dropped[];
  readonly onClose: () => void;
  /** The catalog may have changed. */
  readonly onDone: () => void;
}

/** From a folder or dropped files to tables: choose, upload, crawl, summary. */
export function AddData({ start, dropped, onClose, onDone }: Props) {
  const { step, crawlPath, cancel } = useSteps(dropped, onDone);
  return (
    <Dialog title={title(step)} onClose={onClose}>
      {step.step === "choose" ? <FolderPicker start={start} onChoose={crawlPath} onCancel={onClose} /> : null}
      {step.step === "upload" ? (
        <CrawlProgressView phase="Uploading" progress={step.progress} onCancel={cancel} />
      ) : null}
      {step.step === "crawl" ? <CrawlView crawl={step.crawl} onCancel={cancel} /> : null}
      {step.step === "failed" ? <FailureNote failure={step.failure} /> : null}
      {isOver(step) ? (
        <div className="actions">
          <button type="button" className="button primary" onClick={onClose}>
            Done
          </button>
        </div>
      ) : null}
    </Dialog>
  );
}

function title(step: Step): string {
  if (step.step === "choose") return "Add data";
  if (step.step === "upload") return "Uploading files";
  if (step.step === "failed") return "Data not added";
  const titles = {
    running: "Reading the files",
    succeeded: "Tables are ready",
    failed: "Data not added",
    cancelled: "Cancelled",
  };
  return titles[step.crawl.state];
}

function isOver(step: Step): boolean {
  return step.step === "failed" || (step.step === "crawl" && step.crawl.state !== "running");
}

function CrawlView({ crawl, onCancel }: { readonly crawl: Crawl; readonly onCancel: () => void }) {
  if (crawl.state === "running")
    return (
      <CrawlProgressView phase={phases[crawl.progress.phase]} progress={crawl.progress} onCancel={onCancel} />
    );
  return (
    <>
      {crawl.failure ? <FailureNote failure={crawl.failure} /> : null}
      {crawl.state === "cancelled" ? <p>The catalog is as it was before.</p> : null}
      {crawl.summary ? <CrawlSummaryView summary={crawl.summary} /> : null}
    </>
  );
}

const phases = {
  list: "Looking for files",
  classify: "Finding out formats",
  read: "Reading",
  commit: "Writing the catalog",
};

function useSteps(dropped: readonly Dropped[], onDone: () => void) {
  const [step, setStep] = useState<Step>({ step: "choose" });
  const abort = useRef<AbortController>(null);
  abort.current ??= new AbortController();
  const { signal } = abort.current;

  const attempt = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      if (!signal.aborted) setStep({ step: "failed", failure: toFailure(error) });
    }
  };
  const crawlPath = (path: string) =>
    attempt(async () => {
      await follow(await client.crawl(path), (crawl) => setStep({ step: "crawl", crawl }));
      onDone();
    });
  const uploadAndCrawl = () =>
    attempt(async () => {
      await upload(dropped, signal, (progress) => setStep({ step: "upload", progress }));
      await crawlPath("data");
    });
  const cancel = () => {
    abort.current?.abort();
    if (step.step === "crawl") void attempt(async () => void (await client.cancelCrawl(step.crawl.id)));
    else setStep({ step: "failed", failure: cancelled });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: one drop is uploaded once
  useEffect(() => {
    if (dropped.length > 0) void uploadAndCrawl();
  }, []);
  return { step, crawlPath, cancel };
}

const cancelled: Failure = {
  kind: "stopped",
  message: "The upload was cancelled.",
  remedy: "Files that had arrived lie in the workspace's data folder; no table was made.",
};

/** Asks for the crawl's state until it has ended. */
async function follow(crawl: Crawl, onState: (crawl: Crawl) => void): Promise<void> {
  let last = crawl;
  onState(last);
  while (last.state === "running") {
    await new Promise((resolve) => setTimeout(resolve, 250));
    last = await client.crawlState(crawl.id);
    onState(last);
  }
}
