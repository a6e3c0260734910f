/**
 * Calls back once the event loop has turned, as soon as it does. Unlike a timer's, this turn is neither delayed by
 * nesting nor held back in a hidden page.
 */
export function soon(callback: () => void): void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    callback();
  };
  port2.postMessage(null);
}
