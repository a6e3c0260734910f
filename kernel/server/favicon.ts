/** A drop in a filter: small enough to stand in the code. */
const favicon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path d="M4 5h24L18 18v4h-4v-4z" fill="#7a4b2a"/><circle cx="16" cy="28" r="3" fill="#2a7ab8"/></svg>`;

export function faviconResponse(): Response {
  return new Response(favicon, {
    headers: { "content-type": "image/svg+xml", "cache-control": "public, max-age=86400" },
  });
}
