import type { Policy } from "./guard.ts";
import { ownOrigins, sandboxHost } from "./hosts.ts";

/** Headers of every answer under a policy, for those that the route did not set itself. */
export function policyHeaders(policy: Policy): Record<string, string> {
  const common = { "x-content-type-options": "nosniff", "referrer-policy": "no-referrer" };
  return policy === "capability" ? { ...common, ...capabilityHeaders } : { ...common, ...sessionHeaders };
}

/** Without a sandbox, a capability opened as a page of its own would stand in the shell's origin. */
const capabilityHeaders = {
  "access-control-allow-origin": "*",
  "cross-origin-resource-policy": "cross-origin",
  "content-security-policy": "sandbox; default-src 'none'",
};

const sessionHeaders = {
  "cross-origin-resource-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  "cache-control": "no-store",
};

/** For the shell's pages. In development vite puts a script into the page. */
export function shellPolicy(host: string, port: number, dev: boolean): string {
  return directives({
    "default-src": "'self'",
    "script-src": dev ? "'self' 'unsafe-inline'" : "'self'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": `'self' ws://${host}`,
    "worker-src": "'self' blob:",
    "frame-src": `http://${sandboxHost(host, port)}`,
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
  });
}

/**
 * For the sandbox's page: cells run whatever code they like and fetch from wherever they like, in an opaque origin,
 * framed by the shell alone. The sandbox directive holds also when the page is opened outside of the iframe.
 */
export function sandboxPolicy(port: number): string {
  return directives({
    sandbox: "allow-scripts allow-forms allow-modals allow-popups allow-downloads allow-pointer-lock",
    "default-src": "* data: blob:",
    "script-src": "* data: blob: 'unsafe-inline' 'unsafe-eval'",
    "style-src": "* data: blob: 'unsafe-inline'",
    "connect-src": "* data: blob: ws: wss:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": ownOrigins(port)
      .filter((origin) => !origin.includes("["))
      .join(" "),
  });
}

function directives(policy: Readonly<Record<string, string>>): string {
  return Object.entries(policy)
    .map(([name, value]) => `${name} ${value}`)
    .join("; ");
}
