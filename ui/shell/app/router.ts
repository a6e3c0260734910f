import { Store, useStore } from "./store.ts";

export type Page =
  | { readonly page: "home" }
  | { readonly page: "notebook"; readonly path: string }
  | { readonly page: "table"; readonly name: string }
  | { readonly page: "unknown" };

/** The page that an address names. */
export function pageOf(pathname: string, search: string): Page {
  const query = new URLSearchParams(search);
  const path = query.get("path");
  const name = query.get("name");
  if (pathname === "/" || pathname === "/index.html") return { page: "home" };
  if (pathname === "/notebook" && path) return { page: "notebook", path };
  if (pathname === "/table" && name) return { page: "table", name };
  return { page: "unknown" };
}

export const notebookHref = (path: string) => `/notebook?path=${encodeURIComponent(path)}`;
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

export function usePage(): Page {
  return useStore(current, (page) => page);
}
