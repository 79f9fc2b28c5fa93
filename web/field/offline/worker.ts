// The service worker: keeps the built files, so that the app starts cold with no network, and keeps nothing else. An answer of the server is never
// cached: what a device may know comes from the outbox alone. Written by the build: `files` and `edition` below.
declare const __FILES__: readonly string[];
declare const __EDITION__: string;

// A module of its own for the type checker; the browser runs it as a plain script.
export {};

// The other files of this project are a page's; here the global is the worker's.
const worker = globalThis as unknown as ServiceWorkerGlobalScope;
const name = `field ${__EDITION__}`;
const base = new URL('./', worker.location.href).href;

worker.addEventListener('install', (event) => {
  // All or nothing: one missing file and the edition before this one stays. A new edition waits until no page of the old one is open, so that a page
  // never misses a file of its own.
  event.waitUntil(caches.open(name).then((cache) => cache.addAll(__FILES__.map((file) => new Request(file, { cache: 'reload' })))));
});

worker.addEventListener('activate', (event) => {
  const others = async (): Promise<void> => {
    for (const key of await caches.keys()) if (key.startsWith('field ') && key !== name) await caches.delete(key);
    await worker.clients.claim();
  };
  event.waitUntil(others());
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || !request.url.startsWith(base)) return;
  const wanted = request.mode === 'navigate' ? base : request;
  const answer = async (): Promise<Response> => {
    // The name and picture that the operation chose; see dress.ts.
    const dressed = request.url.endsWith('/manifest.webmanifest') ? await caches.match(request.url, { cacheName: 'dress' }) : undefined;
    return dressed ?? (await caches.match(wanted, { cacheName: name, ignoreSearch: true })) ?? fetch(request);
  };
  event.respondWith(answer());
});
