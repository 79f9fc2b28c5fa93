// The name and picture under which a phone shows this app: what the operation chose, so that an icon among others says nothing.
import type { Icon } from '../keeping/settings.js';

/** The cache in which the worker looks for the manifest before it takes the built one; the worker names it too. */
const dressCache = 'dress';

/** Sets the page's title and icon, and keeps a manifest of that name for the worker to hand out; a phone takes it up when the app is installed (again). */
export function dressAs(name: string, icon: Icon): void {
  document.title = name || 'Notes';
  const base = new URL(import.meta.env.BASE_URL, location.href).href;
  const manifest = {
    name: document.title,
    short_name: document.title,
    id: base,
    start_url: base,
    scope: base,
    display: 'standalone',
    background_color: '#0b1012',
    theme_color: '#0b1012',
    icons: [192, 512].map((size) => ({ src: `${base}icons/${icon}-${size}.png`, sizes: `${size}x${size}`, type: 'image/png', purpose: 'any' })),
  };
  const kept = new Response(JSON.stringify(manifest), { headers: { 'content-type': 'application/manifest+json' } });
  // Without it the built manifest stands, whose name is any notebook's.
  void globalThis.caches?.open(dressCache).then((cache) => cache.put(`${base}manifest.webmanifest`, kept)).catch(() => undefined);
  linkTo('icon', `${base}icons/${icon}-192.png`);
  linkTo('apple-touch-icon', `${base}icons/${icon}-192.png`);
}

function linkTo(relation: string, href: string): void {
  const link = document.head.querySelector<HTMLLinkElement>(`link[rel="${relation}"]`) ?? document.head.appendChild(Object.assign(document.createElement('link'), { rel: relation }));
  link.href = href;
}
