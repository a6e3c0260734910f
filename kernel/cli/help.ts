const statuses: Readonly<Record<number, string>> = {
  130: "stopped by Ctrl-C",
};

/** What stands below the options of each command: examples to copy, then what its exit status says. */
export function helpBelow(examples: readonly string[], exits: Readonly<Record<number, string>>): string {
  const lines = examples.map((example) => `  percolate ${example}`);
  const said = Object.entries({ ...exits, ...statuses }).map(
    ([status, text]) => `  ${status.padEnd(4)} ${text}`,
  );
  return ["", examples.length === 1 ? "Example:" : "Examples:", ...lines, "", "Exit status:", ...said].join(
    "\n",
  );
}
