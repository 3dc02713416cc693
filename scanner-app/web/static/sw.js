// Makes the page start without a network: every file of one build is kept in one cache, all or nothing.
// The build fills in the version and the list of files with their hashes.
const VERSION = "@VERSION@";
const FILES = [/* @FILES@ */];

const PREFIX = "sparhund-";
const CACHE = PREFIX + VERSION;
const ROOT = new URL("./", self.location).href;
const KNOWN = new Set(FILES.map(([path]) => ROOT + path));
const INDEX = ROOT + "index.html";

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const kept = keptFor(event.request);
  if (kept) event.respondWith(answer(kept, event.request));
});

// A running page decides when it changes to a new build: never in the middle of a pick.
self.addEventListener("message", (event) => {
  if (event.data === "activate") self.skipWaiting();
});

async function install() {
  const cache = await caches.open(CACHE);
  // The hash is checked by the browser: a file of another build, or a cut-off one, fails the whole installation.
  await Promise.all(FILES.map(async ([path, integrity]) => {
    const url = ROOT + path;
    const response = await fetch(url, { integrity, cache: "no-cache", credentials: "same-origin" });
    if (!response.ok) throw new Error(`${url}: ${response.status}`);
    await cache.put(url, response);
  }));
}

async function activate() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name)));
  await self.clients.claim();
}

// Only the files of the build are answered from the cache. All else, /api first of all, goes to the network.
function keptFor(request) {
  if (request.method !== "GET") return null;
  const url = new URL(request.url);
  const plain = url.origin + url.pathname;
  if (request.mode === "navigate" && plain === ROOT) return INDEX;
  return KNOWN.has(plain) ? plain : null;
}

async function answer(url, request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(url)) ?? fetch(request);
}
