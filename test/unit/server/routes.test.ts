import { once } from "node:events";
import { connect } from "node:net";
import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { workspaceAt } from "../../../kernel/catalog/workspace.ts";
import type { Policy } from "../../../kernel/server/guard.ts";
import { startServer } from "../../../kernel/server/server.ts";
import { type StartedServer, startTestServer, TestServer } from "./start.ts";

let it: StartedServer;
beforeAll(async () => {
  it = await startTestServer();
  await it.enter();
});
afterAll(() => it.close());

const policies: readonly Policy[] = ["public", "session", "capability"];
const pathOf = (pattern: string) => pattern.replace("/*", "/x").replace(/:\w+/g, "x");
const methodOf = (method: string) => (method === "ALL" ? "GET" : method);
const httpRoutes = () => it.server.routes.filter(({ method }) => method !== "WS");
const routesWith = (policy: Policy) => httpRoutes().filter((route) => route.policy === policy);

/** Status of a WebSocket upgrade: 101, or the refusal. */
async function upgrade(path: string, headers: Record<string, string>): Promise<number> {
  const socket = connect(it.server.port, "127.0.0.1");
  const lines = Object.entries({
    host: it.host,
    connection: "Upgrade",
    upgrade: "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
    ...headers,
  }).map(([name, value]) => `${name}: ${value}`);
  socket.write(`GET ${path} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
  const [data] = (await once(socket, "data")) as [Buffer];
  socket.destroy();
  return Number(data.toString().split(" ")[1]);
}

describe("every route", () => {
  test("says who may pass", () => {
    expect(it.server.routes.length).toBeGreaterThan(20);
    for (const route of it.server.routes) expect(policies, route.path).toContain(route.policy);
  });

  test("that is public is one of these", () => {
    expect(routesWith("public").map(({ path }) => path)).toEqual(["/open", "/favicon.ico", "/favicon.svg"]);
  });

  test("of a session refuses a request without the cookie, with 401", async () => {
    for (const { method, path } of routesWith("session")) {
      const answer = await it.send(methodOf(method), pathOf(path), { origin: it.origin });
      expect(answer.status, `${method} ${path}`).toBe(401);
    }
  });

  test("refuses a foreign Host, with 403", async () => {
    for (const { method, path } of httpRoutes()) {
      const headers = { host: `evil.example:${it.server.port}`, cookie: it.cookie };
      const answer = await it.send(methodOf(method), pathOf(path), headers);
      expect(answer.status, `${method} ${path}`).toBe(403);
    }
  });

  test("refuses a foreign Origin, with 403", async () => {
    for (const { method, path } of httpRoutes()) {
      const headers = { origin: "http://evil.example", cookie: it.cookie };
      const answer = await it.send(methodOf(method), pathOf(path), headers);
      expect(answer.status, `${method} ${path}`).toBe(403);
    }
  });

  test("but a capability refuses the opaque origin", async () => {
    for (const { method, path, policy } of httpRoutes()) {
      if (policy === "capability") continue;
      const answer = await it.send(methodOf(method), pathOf(path), { origin: "null", cookie: it.cookie });
      expect(answer.status, `${method} ${path}`).toBe(403);
    }
  });

  test("answers with headers that forbid sniffing, referrers and framing", async () => {
    for (const { method, path, policy } of httpRoutes()) {
      const answer = await it.send(
        methodOf(method),
        pathOf(path),
        { origin: it.origin, cookie: it.cookie },
        method === "POST" || method === "PUT" ? "{}" : undefined,
      );
      expect(answer.headers["x-content-type-options"], path).toBe("nosniff");
      expect(answer.headers["referrer-policy"], path).toBe("no-referrer");
      expect(answer.headers["access-control-allow-origin"], path).toBe(
        policy === "capability" ? "*" : undefined,
      );
      if (policy !== "capability")
        expect(answer.headers["content-security-policy"], path).toContain("frame-ancestors 'none'");
      else expect(answer.headers["content-security-policy"], path).toMatch(/^sandbox/);
    }
  });
});

describe("a WebSocket", () => {
  const socket = "/api/socket";

  test("needs cookie, own Host and own Origin", async () => {
    const good = { cookie: it.cookie, origin: it.origin };
    expect(await upgrade(socket, good)).toBe(101);
    expect(await upgrade(socket, { origin: it.origin })).toBe(401);
    expect(await upgrade(socket, { cookie: it.cookie })).toBe(403);
    expect(await upgrade(socket, { ...good, origin: "http://evil.example" })).toBe(403);
    expect(await upgrade(socket, { ...good, origin: "null" })).toBe(403);
    expect(await upgrade(socket, { ...good, host: "evil.example" })).toBe(403);
  });

  test("finds no other door", async () => {
    for (const path of ["/", "/api/home", "/cap/x", "/none"])
      expect(await upgrade(path, { cookie: it.cookie, origin: it.origin })).toBe(404);
    expect(await upgrade("/none", { origin: it.origin })).toBe(401);
  });

  test("that comes as a plain request finds nothing", async () => {
    expect((await it.ask("GET", socket)).status).toBe(404);
  });
});

describe("the way in", () => {
  test("a token sets a cookie that scripts and other sites do not get, and goes to the page", async () => {
    const answer = await it.send("GET", `/open?token=${it.server.token}`);
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe("/");
    expect(String(answer.headers["set-cookie"])).toMatch(
      new RegExp(`^percolate_${it.server.port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`),
    );
    expect(String(answer.headers["set-cookie"])).not.toContain(it.server.token);
  });

  test("a link from another site arrives with the cookie, through a page of our own", async () => {
    const headers = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" };
    const answer = await it.send("GET", `/open?token=${it.server.token}`, headers);
    expect(answer.status).toBe(200);
    expect(answer.headers.refresh).toBe("0; url=/");
  });

  test.each([
    ["/notebook?path=notebooks/a.html", "/notebook?path=notebooks/a.html"],
    ["//evil.example/", "/"],
    ["/\\evil.example/", "/"],
    ["https://evil.example/", "/"],
    ["javascript:alert(1)", "/"],
  ])("next=%s leads to %s", async (next, expected) => {
    const query = new URLSearchParams({ token: it.server.token, next });
    expect((await it.send("GET", `/open?${query}`)).headers.location).toBe(expected);
  });

  test("a wrong token gets a page that says what to do, and no cookie", async () => {
    for (const token of ["", "wrong", `${it.server.token}x`]) {
      const answer = await it.send("GET", `/open?token=${token}`);
      expect(answer.status).toBe(401);
      expect(answer.headers["set-cookie"]).toBeUndefined();
      expect(answer.text).toContain("printed in the terminal");
    }
  });

  test("without a session, pages say so in words and the API in JSON", async () => {
    const page = await it.send("GET", "/");
    expect(page.headers["content-type"]).toContain("text/html");
    expect(page.text).toContain("open the URL that was printed in the terminal");
    const api = await it.send("GET", "/api/home");
    expect(api.json()).toMatchObject({ failure: { kind: "input", remedy: expect.any(String) } });
  });

  test("each start has its own token", async () => {
    expect(it.server.token).toMatch(/^[\w-]{43}$/);
    const other = await startServer({ workspace: workspaceAt(it.folder), port: 0 });
    expect(other.token).not.toBe(it.server.token);
    await other.close();
  });
});

describe("the pages", () => {
  test("of the shell are one page with assets that hold at every path", async () => {
    for (const path of ["/", "/notebook?path=notebooks/coffee.html", "/table?name=main.a"]) {
      const answer = await it.ask("GET", path);
      expect(answer.status).toBe(200);
      expect(answer.text).toContain('src="/assets/main.js"');
    }
    expect((await it.ask("GET", "/assets/main.js")).headers["content-type"]).toContain("javascript");
    expect((await it.ask("GET", "/assets/../shell/index.html")).status).toBe(404);
    expect((await it.ask("GET", "/api/none")).status).toBe(404);
  });

  test("of the shell run no inline script and frame only the sandbox's host", async () => {
    const policy = String((await it.ask("GET", "/")).headers["content-security-policy"]);
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain(`frame-src http://localhost:${it.server.port};`);
  });

  test("of the sandbox stand under the other loopback name, framed by the shell alone, without cookie", async () => {
    const { sandbox } = (await it.ask("GET", "/api/session")).json() as { sandbox: string };
    const url = new URL(sandbox);
    expect(url.host).toBe(`localhost:${it.server.port}`);
    const page = await it.send("GET", url.pathname, { host: url.host });
    expect(page.status).toBe(200);
    const policy = String(page.headers["content-security-policy"]);
    expect(policy).toMatch(/^sandbox allow-scripts/);
    expect(policy).not.toContain("allow-same-origin");
    expect(policy).toContain(`frame-ancestors http://127.0.0.1:${it.server.port} http://localhost`);
    const asset = new URL("../assets/main.js", url).pathname;
    const script = await it.send("GET", asset, { host: url.host, origin: "null" });
    expect(script.headers["access-control-allow-origin"]).toBe("*");
    expect(script.headers["cache-control"]).toContain("immutable");
    expect((await it.send("GET", new URL("../shell/index.html", url).pathname)).status).toBe(404);
  });
});

test("while developing, everything of the sources lies under one path that cannot be guessed", async () => {
  const root = resolve(import.meta.dirname, "../../..");
  const server = await startServer({ workspace: workspaceAt(it.folder), port: 0, dev: true, root });
  const dev = new TestServer(server, it.folder);
  await dev.enter();
  const page = (await dev.ask("GET", "/notebook?path=x")).text;
  const main = /src="(\/dev\/[\w-]{43}\/shell\/main.tsx)"/.exec(page)?.[1] ?? "";
  const script = await dev.send("GET", main, { origin: "null" });
  expect(script.headers["content-type"]).toContain("javascript");
  expect(script.headers["access-control-allow-origin"]).toBe("*");
  expect((await dev.send("GET", main, { origin: "http://evil.example" })).status).toBe(403);
  expect((await dev.send("GET", "/shell/main.tsx")).status).toBe(401);
  await server.close();
});

test("a port in use is an error that says what to do", async () => {
  const { port } = it.server;
  await expect(startServer({ workspace: workspaceAt(it.folder), port })).rejects.toMatchObject({
    failure: {
      message: `port ${port} is in use by another program`,
      remedy: expect.stringContaining("--port"),
    },
  });
});
