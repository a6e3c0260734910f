import { type DragEvent, type ReactNode, useRef, useState } from "react";
import { type Dropped, droppedFiles } from "./upload.ts";

interface Props {
  readonly onDrop: (files: readonly Dropped[]) => void;
  readonly children: ReactNode;
}

const carriesFiles = (event: DragEvent) => event.dataTransfer.types.includes("Files");

/** The whole page takes files and folders dropped onto it. */
export function DropZone({ onDrop, children }: Props) {
  const depth = useRef(0);
  const [over, setOver] = useState(false);
  const move = (by: number) => (event: DragEvent) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    depth.current += by;
    setOver(depth.current > 0);
  };
  const drop = async (event: DragEvent) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    depth.current = 0;
    setOver(false);
    const files = await droppedFiles(event.dataTransfer);
    if (files.length > 0) onDrop(files);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way to what "Add data" does
    <div
      style={{ minHeight: "100vh" }}
      onDragEnter={move(1)}
      onDragLeave={move(-1)}
      onDragOver={move(0)}
      onDrop={drop}
    >
      {children}
      {over ? <div className="drop-veil">Drop files or folders to make tables of them</div> : null}
    </div>
  );
}
