// Keeps the scanner page for when there is no network. It never touches the API: the page itself knows what to do without an answer.
const { build, first, later } = {{ told|safe }};
const SHELL = first[0];
const PATIENCE = 3000;
const kept = new Set([...first, ...later]);

self.addEventListener('install', (event) => {
  event.waitUntil(keep(first));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(forgetOlderBuilds().then(() => self.clients.claim()));
});

// A page of this build has started: no older page needs the older files any more, and there is time to fetch the rest.
self.addEventListener('message', (event) => {
  if (event.data?.build === build) event.waitUntil(Promise.all([self.skipWaiting(), keep(later)]));
});

self.addEventListener('fetch', (event) => {
  const { origin, pathname } = new URL(event.request.url);
  if (event.request.method !== 'GET' || origin !== self.location.origin) return;
  if (pathname === SHELL) event.respondWith(shell(event.request));
  else if (kept.has(pathname)) event.respondWith(asset(event.request));
});

async function keep(addresses) {
  const cache = await caches.open(build);
  const missing = await Promise.all(addresses.map(async (address) => ((await cache.match(address)) ? [] : [address])));
  await cache.addAll(missing.flat());
}

async function forgetOlderBuilds() {
  const builds = await caches.keys();
  await Promise.all(builds.filter((name) => name !== build).map((name) => caches.delete(name)));
}

// The kept shell and the kept assets are of one build: a newer shell is not put among older assets.
async function shell(request) {
  const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) }).catch(() => null);
  return answer?.ok ? answer : ((await (await caches.open(build)).match(SHELL, { ignoreVary: true })) ?? answer ?? Response.error());
}

async function asset(request) {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}
