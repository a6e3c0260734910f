/** Tells which cell's output the user clicked or focused. */
export function watchFocus(column: HTMLElement, tell: (cell: number) => void): void {
  const report = (event: Event) => {
    const cell = (event.target as Element).closest?.<HTMLElement>(".pc-cell")?.dataset.cell;
    if (cell !== undefined) tell(Number(cell));
  };
  column.addEventListener("pointerdown", report);
  column.addEventListener("focusin", report);
}
