/** A form without an address is there for its cell's code: sending it must not leave the notebook. */
export function keepFormsWithin(root: HTMLElement): void {
  root.addEventListener("submit", (event) => {
    if (!(event.target as Element).hasAttribute("action")) event.preventDefault();
  });
}

/** Links open in a new tab (index.html's `<base>`), but those within the notebook go to their heading. */
export function keepLinksWithin(root: HTMLElement): void {
  root.addEventListener("click", (event) => {
    const link = (event.target as Element).closest?.("a[href]");
    const href = link?.getAttribute("href") ?? "";
    if (!link) return;
    if (!href.startsWith("#")) return void link.setAttribute("rel", "noopener noreferrer");
    event.preventDefault();
    document.getElementById(href.slice(1))?.scrollIntoView({ behavior: "smooth" });
  });
}
