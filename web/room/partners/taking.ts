// A file on its way from the server, piece by piece, so that the page can say how much of it has come. It is saved when all of it is there, and not before.
import { NoConnection, Refusal } from '../app/api.ts';

export interface Taken {
  readonly name: string;
  readonly bytes: number;
}

/** The connection broke while the file came. What had come is thrown away: half a file would pass for a whole one. */
export class Broken extends Error {
  constructor(readonly bytes: number) {
    super('broken');
  }
}

/** @param progress told how many bytes have come. @throws Refusal, NoConnection, Broken, or whatever ended the signal. */
export async function take(path: string, progress: (bytes: number) => void, signal: AbortSignal): Promise<Taken> {
  let response: Response;
  try {
    response = await fetch(`/api/v1${path}`, { credentials: 'same-origin', signal });
  } catch (failure) {
    if (signal.aborted) throw failure;
    throw new NoConnection();
  }
  if (!response.ok) {
    const said = (await response.json().catch(() => undefined)) as { code?: string; detail?: string; place?: string } | undefined;
    throw new Refusal(response.status, said?.code ?? 'server.fault', said?.detail ?? response.statusText, said?.place);
  }
  const pieces: BlobPart[] = [];
  let bytes = 0;
  try {
    for (const reader = response.body!.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) break;
      pieces.push(value as Uint8Array<ArrayBuffer>);
      bytes += value.byteLength;
      progress(bytes);
    }
  } catch (failure) {
    if (signal.aborted) throw failure;
    throw new Broken(bytes);
  }
  const name = nameOf(response.headers.get('Content-Disposition')) ?? path.split('/').at(-1)!.replace(/\?.*/, '');
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob(pieces, { type: response.headers.get('Content-Type') ?? '' }));
  link.download = name;
  link.click();
  // The browser reads the file after the click has returned.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return { name, bytes };
}

/** The name of a file as a header gives it (RFC 6266), without what could be a path. */
export function nameOf(disposition: string | null): string | undefined {
  const extended = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1];
  const plain = /filename="?([^";]+)"?/i.exec(disposition ?? '')?.[1];
  const name = (extended ? decodeURIComponent(extended) : plain)?.replace(/[\\/]/g, '-').trim();
  return name || undefined;
}

/** A size as people read it, in the words of their language. */
export function sizeOf(bytes: number, tag: string): string {
  const [value, unit] = bytes < 1_000_000 ? [Math.max(1, Math.round(bytes / 1000)), 'kilobyte'] : [bytes / 1_000_000, 'megabyte'];
  return new Intl.NumberFormat(tag, { style: 'unit', unit, maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
}
