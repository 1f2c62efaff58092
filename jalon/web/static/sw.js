// Serves the page and its files when there is no network; the page itself puts them into the cache.
const PATIENCE = 4000; // ms until the kept page is shown instead of waiting on

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function kept(request) {
  const cache = await caches.open("jalon");
  const same = { ignoreVary: true };
  return (await cache.match(request, same)) ?? cache.match(request, { ...same, ignoreSearch: true });
}

async function page(request) {
  const fresh = fetch(request);
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  try {
    return (await Promise.race([fresh, late.then(() => kept(request))])) ?? (await fresh);
  } catch (fault) {
    const old = await kept(request);
    if (old) return old;
    throw fault;
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith("/static/")) {
    event.respondWith(kept(request).then((old) => old ?? fetch(request)));
  } else if (url.pathname === "/chat") event.respondWith(page(request));
});
