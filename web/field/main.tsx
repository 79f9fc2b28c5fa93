import '../shared/tokens.css';
import '../shared/ui.css';
import './field.css';
import { createRoot } from 'react-dom/client';
import { App } from './App.js';
import { firstSettings, type Settings } from './keeping/settings.js';
import { Shelf } from './keeping/shelf.js';
import type { Lock } from './lock/code.js';
import { SealedCarriage } from './outbox/sealed.js';

async function start(): Promise<void> {
  const shelf = await Shelf.open();
  const carriage = await SealedCarriage.open('outbox');
  const first = { ...firstSettings(navigator.languages), ...(await shelf.get<Partial<Settings>>('settings')) };
  const firstLock = await shelf.get<Lock>('lock');
  createRoot(document.getElementById('root')!).render(<App shelf={shelf} carriage={carriage} first={first} firstLock={firstLock} />);
  // In development the files change under the worker's feet.
  if (import.meta.env.PROD) await navigator.serviceWorker?.register(`${import.meta.env.BASE_URL}worker.js`);
}

void start();
