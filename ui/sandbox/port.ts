import type { FromSandbox, ToSandbox } from "../../kernel/notebook/protocol.ts";

/** The one way out of the sandbox. */
export interface Port {
  send(message: FromSandbox): void;
  /** Hears every message from now on, those that already came first. */
  listen(receive: (message: ToSandbox) => void): void;
}

/** Waits for the port that the page around gives; only the first, and only from the parent window. */
export function acceptPort(): Promise<Port> {
  return new Promise((resolve) => {
    const accept = (event: MessageEvent) => {
      const [channel] = event.ports;
      if (event.source !== window.parent || event.data?.type !== "percolate-port" || !channel) return;
      window.removeEventListener("message", accept);
      resolve(portOver(channel));
    };
    window.addEventListener("message", accept);
  });
}

function portOver(channel: MessagePort): Port {
  return {
    send: (message) => channel.postMessage(message),
    listen: (receive) => {
      channel.onmessage = (event) => receive(event.data);
    },
  };
}
