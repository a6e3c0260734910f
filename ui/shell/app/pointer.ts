const waiting: (() => void)[] = [];
let isDown = false;

window.addEventListener("pointerdown", () => (isDown = true), true);
for (const type of ["pointerup", "pointercancel"] as const) window.addEventListener(type, released, true);

function released(): void {
  isDown = false;
  // The click comes after the pointer is up, and goes to what lies under it then.
  setTimeout(() => {
    for (const then of waiting.splice(0)) then();
  });
}

/** Calls back at once, or after the click under way: what moves things about would make it miss its target. */
export function afterClick(then: () => void): void {
  if (isDown) waiting.push(then);
  else then();
}
