import { Store, useStore } from "./store.ts";

/** How a notebook is shown: to be edited, as an app without code, or as slides. */
export type NotebookView = "edit" | "app" | "slides";

export type Page =
  | { readonly page: "home" }
  | { readonly page: "files" }
  | {
      readonly page: "notebook";
      readonly path: string;
      readonly view: NotebookView;
      /** From 0. */
      readonly slide: number;
    }
  | { readonly page: "table"; readonly name: string }
  | { readonly page: "unknown" };

/** The page that an address names. */
export function pageOf(pathname: string, search: string): Page {
  const query = new URLSearchParams(search);
  const path = query.get("path");
  const name = query.get("name");
  if (pathname === "/" || pathname === "/index.html") return { page: "home" };
  if (pathname === "/notebook" && path) return notebookPage(path, query);
  if (pathname === "/files") return { page: "files" };
  if (pathname === "/table" && name) return { page: "table", name };
  return { page: "unknown" };
}

function notebookPage(path: string, query: URLSearchParams): Page {
  const view = query.has("app") ? "app" : query.has("slides") ? "slides" : "edit";
  const slide = Math.max(1, Math.trunc(Number(query.get("slides"))) || 1) - 1;
  return { page: "notebook", path, view, slide };
}

export const notebookHref = (path: string) => `/notebook?path=${encodeURIComponent(path)}`;
export const appHref = (path: string) => `${notebookHref(path)}&app`;
export const slideHref = (path: string, slide: number) => `${notebookHref(path)}&slides=${slide + 1}`;
export const tableHref = (name: string) => `/table?name=${encodeURIComponent(name)}`;

const here = () => pageOf(location.pathname, location.search);
const current = new Store<Page>(here());
window.addEventListener("popstate", () => current.set(here()));

/** Goes to an address of this app without loading the page anew. */
export function go(href: string): void {
  history.pushState(null, "", href);
  current.set(here());
  window.scrollTo(0, 0);
}

/** Goes to an address in place of the one that is shown, which does not stay in the browser's history. */
export function replaceWith(href: string): void {
  history.replaceState(null, "", href);
  current.set(here());
  window.scrollTo(0, 0);
}

/** Under which path a notebook was opened that has another one now. */
const opened = new Map<string, string>();

/** The same for a notebook's page as long as it stays open, whatever its file is called meanwhile. */
export const identityOf = (path: string): string => opened.get(path) ?? path;

/** A notebook has another path: the address follows, the page stays. */
export function renamed(from: string, to: string): void {
  const page = current.get();
  if (page.page !== "notebook" || page.path !== from) return;
  const identity = identityOf(from);
  opened.delete(from);
  opened.set(to, identity);
  const address = new URL(location.href);
  address.searchParams.set("path", to);
  history.replaceState(null, "", address.href);
  current.set(here());
}

export function usePage(): Page {
  return useStore(current, (page) => page);
}
