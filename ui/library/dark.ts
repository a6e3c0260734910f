import { observe, type Stream } from "../../kernel/notebook/library/generators.ts";

/** Yields whether the page is dark, now and whenever that changes. */
export function dark(): Stream<boolean> {
  return observe<boolean>((change) => {
    const system = matchMedia("(prefers-color-scheme: dark)");
    let last: boolean | undefined;
    const look = () => {
      const now = isDark(system.matches);
      if (now !== last) change(now);
      last = now;
    };
    const observer = new MutationObserver(look);
    observer.observe(document.documentElement, { attributeFilter: ["style", "data-theme"] });
    system.addEventListener("change", look);
    look();
    return () => {
      observer.disconnect();
      system.removeEventListener("change", look);
    };
  });
}

function isDark(systemIsDark: boolean): boolean {
  const schemes = getComputedStyle(document.documentElement).colorScheme.split(/\s+/);
  return schemes.includes("dark") && (systemIsDark || !schemes.includes("light"));
}
