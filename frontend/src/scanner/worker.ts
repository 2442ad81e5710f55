/** Lets the service worker keep this page for when there is no network. Where the browser has none, the page works online. */

export async function keepPage(build: string): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const registration = await navigator.serviceWorker.register('/scan/sw.js', { scope: '/scan/', updateViaCache: 'none' }).catch(() => null);
  if (!registration) return;
  const tell = (worker: ServiceWorker | null) => worker?.postMessage({ build });
  registration.addEventListener('updatefound', () => {
    const fresh = registration.installing;
    fresh?.addEventListener('statechange', () => fresh.state === 'installed' && tell(fresh));
  });
  tell(registration.waiting);
  tell((await navigator.serviceWorker.ready).active);
}
