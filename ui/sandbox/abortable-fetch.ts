/** `fetch` that ends with the run of its cell. */
export function abortableFetch(signal: AbortSignal): typeof fetch {
  return (resource, options = {}) =>
    fetch(resource, {
      ...options,
      signal: options.signal ? AbortSignal.any([options.signal, signal]) : signal,
    });
}
