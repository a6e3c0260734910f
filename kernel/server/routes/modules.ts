import type { PageModules } from "../page-modules.ts";
import type { Route } from "../route.ts";

/** Modules of browser cells: the secret is that of one open notebook. */
export function moduleRoutes(modules: PageModules): Route[] {
  return [
    {
      method: "GET",
      path: "/modules/:secret/*",
      policy: "capability",
      handle: ({ req }) => {
        const secret = req.param("secret") ?? "";
        const { pathname } = new URL(req.url);
        const path = pathname.slice(`/modules/${secret}/`.length);
        return modules.response(secret, path, `http://${req.header("host")}`, req.header("range"));
      },
    },
  ];
}
