/** The names under which this machine reaches itself. Shell and sandbox stand under different ones. */
const loopbackNames = ["127.0.0.1", "localhost", "[::1]"] as const;

/** "127.0.0.1:4321" …: every Host header that is ours. Browsers leave out port 80. */
export function ownHosts(port: number): string[] {
  return loopbackNames.flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`]));
}

export function ownOrigins(port: number): string[] {
  return ownHosts(port).map((host) => `http://${host}`);
}

/** The host on which a shell that came in through `host` finds its sandbox. */
export function sandboxHost(host: string, port: number): string {
  return `${host.startsWith("localhost") ? "127.0.0.1" : "localhost"}:${port}`;
}
