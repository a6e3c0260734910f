import type { Reporter, TestModule } from "vitest/node";

/** Ends the run with one plain line, for machines that read it. */
export class PlainLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const count = { passed: 0, failed: 0, skipped: 0, pending: 0 };
    for (const module of modules) for (const test of module.children.allTests()) count[test.result().state]++;
    const broken = modules.filter((module) => !module.ok() && module.children.size === 0).length;
    process.stdout.write(
      `${count.passed} passed, ${count.failed + broken} failed, ${count.skipped} skipped\n`,
    );
  }
}
