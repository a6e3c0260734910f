import type { Assets } from "./assets.ts";
import { notFound } from "./failures.ts";
import { sandboxPolicy, shellPolicy } from "./headers.ts";
import type { RequestContext } from "./route.ts";

/** Where the pages come from: the built ones, or vite's while developing. */
export interface Pages {
  /** The shell's page with asset addresses that hold at any depth. */
  shell(path: string): Promise<string>;
  /** Path of the sandbox's page, unguessable. */
  readonly sandbox: string;
  readonly dev: boolean;
}

/** The pages that `npm run build` made. `cap` is the sandbox's secret. */
export function builtPages(assets: Assets, cap: string): Pages {
  return {
    dev: false,
    sandbox: `/sandbox/${cap}/sandbox/index.html`,
    async shell() {
      const page = await assets.page("shell/index.html");
      if (page === null) throw notFound("the built page", "build it with: npm run build");
      return page.replaceAll('"../assets/', '"/assets/');
    },
  };
}

export async function shellPage(pages: Pages, context: RequestContext, port: number): Promise<Response> {
  const html = withTheme(await pages.shell(context.req.path), context.req.header("cookie"));
  const policy = shellPolicy(context.req.header("host") ?? "", port, pages.dev);
  return new Response(html, {
    headers: { "content-type": "text/html; charset=utf-8", "content-security-policy": policy },
  });
}

/** A file of the sandbox: its page or an asset. Its policy also holds for workers that it starts. */
export async function sandboxFile(
  assets: Assets,
  name: string,
  encodings: string | undefined,
  port: number,
): Promise<Response> {
  const known = name === "sandbox/index.html" || name.startsWith("assets/");
  const response = known ? await assets.response(name, encodings) : null;
  if (!response) throw notFound(`sandbox file "${name}"`);
  response.headers.set("content-security-policy", sandboxPolicy(port));
  return response;
}

/** The page in the theme that the user chose, from its first frame on. */
function withTheme(html: string, cookies: string | undefined): string {
  const [, theme] = /(?:^|;\s*)percolate_theme=(light|dark)(?:;|$)/.exec(cookies ?? "") ?? [];
  return theme ? html.replace("<html ", `<html data-theme="${theme}" `) : html;
}
