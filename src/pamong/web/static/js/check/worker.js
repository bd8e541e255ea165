// Keeps the page that checks documents on this device, so that it opens where there is no network. What is kept
// is what everybody may see: it is fetched as nobody. With a network the page comes from the site, as ever.
const PAGE = new URL("./", self.location).pathname;
const KEPT = "cek";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => event.waitUntil(keep(event.data)));
self.addEventListener("fetch", (event) => {
  const { pathname } = new URL(event.request.url);
  if (event.request.method === "GET" && !pathname.startsWith(`${PAGE}status/`)) event.respondWith(answer(event.request));
});

// The page with its scripts and styles, and nothing of an earlier one.
async function keep(addresses) {
  const cache = await caches.open(KEPT);
  const wanted = [PAGE, ...addresses].map((address) => new URL(address, self.location)).filter((url) => url.origin === self.location.origin);
  const answers = await Promise.all(wanted.map((url) => fetch(url, { credentials: "omit" })));
  if (!answers.every((each) => each.ok)) return;
  await Promise.all(answers.map((each, place) => cache.put(wanted[place].href, each)));
  const names = new Set(wanted.map((url) => url.href));
  const old = (await cache.keys()).filter((each) => !names.has(each.url));
  await Promise.all(old.map((each) => cache.delete(each)));
}

async function answer(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match(request.mode === "navigate" ? PAGE : request.url);
    if (kept) return kept;
    throw error;
  }
}
