import { createServer, type Server } from "node:http";
import { connect } from "node:net";
import { inputError } from "../notebook/errors.ts";

export const defaultPort = 4321;
const tries = 50;

/**
 * A server on 127.0.0.1, listening at `asked` (0: any), or else at the first free port from 4321 on.
 * @throws UserError when the asked port is taken or not allowed.
 */
export async function listen(asked?: number): Promise<{ server: Server; port: number }> {
  if (asked !== undefined) return listenAt(asked);
  for (let port = defaultPort; port < defaultPort + tries; port++) {
    const bound = await listenAt(port).catch(() => null);
    if (bound) return bound;
  }
  return listenAt(0);
}

async function listenAt(port: number): Promise<{ server: Server; port: number }> {
  if (port !== 0 && (await answersOnIPv6(port))) throw taken(port);
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(refused(port, error)));
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address();
  return { server, port: typeof address === "object" && address ? address.port : port };
}

/** Browsers try ::1 first for `localhost`: another server there would get what is meant for ours. */
function answersOnIPv6(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "::1" });
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once("connect", () => settle(true));
    socket.once("error", () => settle(false));
    socket.setTimeout(200, () => settle(false));
  });
}

function refused(port: number, error: NodeJS.ErrnoException): Error {
  if (error.code === "EADDRINUSE") return taken(port);
  if (error.code !== "EACCES") return error;
  return inputError(`port ${port} may not be used by this user`, "choose one above 1023 with --port");
}

function taken(port: number): Error {
  return inputError(
    `port ${port} is in use by another program`,
    "stop that program, choose another port with --port, or leave --port out to take the next free one",
  );
}
