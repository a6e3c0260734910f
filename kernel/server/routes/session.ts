import type { Session } from "../../notebook/api.ts";
import { packageVersion } from "../../package-root.ts";
import { sandboxHost } from "../hosts.ts";
import type { Pages } from "../pages.ts";
import type { Route } from "../route.ts";

/** GET /api/session: what the page must know before anything else. */
export function sessionRoute(pages: Pages, port: number): Route {
  return {
    method: "GET",
    path: "/api/session",
    policy: "session",
    handle({ req }) {
      const host = sandboxHost(req.header("host") ?? "", port);
      const session: Session = { sandbox: `http://${host}${pages.sandbox}`, version: packageVersion() };
      return Response.json(session);
    },
  };
}
