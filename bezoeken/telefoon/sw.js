/**
 * The service worker: keeps the files of the app, so that it opens without signal. It never touches the API: what the
 * phone knows and what waits are in IndexedDB, under the eyes of the app itself.
 *
 * The view (web.py) puts VERSIE, SCHIL and BESTANDEN above this text. Every file carries a hash in its name, so a
 * cache never holds a mixture of two versions.
 */

const sw = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const CACHE = `ooievaar-app-${VERSIE}`;

sw.addEventListener("install", (event) => {
  // Not skipWaiting: a form that is being filled in stays on the version it was begun with.
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll([SCHIL, ...BESTANDEN])));
});

sw.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys()
      .then((namen) => Promise.all(namen.filter((naam) => naam.startsWith("ooievaar-app-") && naam !== CACHE).map((naam) => caches.delete(naam))))
      .then(() => sw.clients.claim()),
  );
});

sw.addEventListener("message", (event) => {
  if (event.data === "neemOver") void sw.skipWaiting();
});

sw.addEventListener("fetch", (event) => {
  const { request } = event;
  const adres = new URL(request.url);
  if (request.method !== "GET" || adres.origin !== sw.location.origin) return;
  if (request.mode === "navigate" && adres.pathname === SCHIL) event.respondWith(uitCache(SCHIL, request));
  else if (BESTANDEN.includes(adres.pathname)) event.respondWith(uitCache(adres.pathname, request));
});

/** @param {string} sleutel @param {Request} request */
async function uitCache(sleutel, request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(sleutel)) ?? fetch(request);
}
