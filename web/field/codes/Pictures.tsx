// Showing texts as pictures (QR codes) one after another, and reading them from another screen. Both libraries are loaded when a screen needs them.
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useField } from '../field.js';
import { Camera } from '../photos/Camera.js';

interface Drawn {
  size: number;
  path: string;
}

async function draw(text: string): Promise<Drawn> {
  const { default: qrcode } = await import('qrcode-generator');
  const code = qrcode(0, 'M');
  code.addData(text);
  code.make();
  const size = code.getModuleCount();
  let path = '';
  for (let row = 0; row < size; row++) for (let column = 0; column < size; column++) if (code.isDark(row, column)) path += `M${column} ${row}h1v1h-1z`;
  return { size, path };
}

/** Milliseconds a picture stands: slow enough for a cheap camera to see it twice. */
const pictureMilliseconds = 450;

export function ShowPictures({ parts }: { parts: readonly string[] }): ReactNode {
  const { t, say } = useField();
  const [at, setAt] = useState(0);
  const [drawn, setDrawn] = useState<Drawn>();

  useEffect(() => {
    if (parts.length < 2) return;
    const timer = setInterval(() => setAt((n) => (n + 1) % parts.length), pictureMilliseconds);
    return () => clearInterval(timer);
  }, [parts]);
  useEffect(() => {
    let gone = false;
    void draw(parts[at % parts.length]!).then((picture) => { if (!gone) setDrawn(picture); });
    return () => { gone = true; };
  }, [parts, at]);

  return (
    <figure className="picture">
      {drawn && <svg viewBox={`-4 -4 ${drawn.size + 8} ${drawn.size + 8}`} shapeRendering="crispEdges" role="img" aria-label={say('qr.part', { n: 1, all: parts.length })}><path d={`M-4-4h${drawn.size + 8}v${drawn.size + 8}h-${drawn.size + 8}z`} fill="#fff" /><path d={drawn.path} fill="#000" /></svg>}
      {parts.length > 1 && <figcaption aria-hidden="true">{say('qr.part', { n: t.number((at % parts.length) + 1), all: t.number(parts.length) })}<br />{say('qr.hold')}</figcaption>}
    </figure>
  );
}

/** Widest side of a frame that is looked through, in pixels: larger ones cost time and read no better. */
const frameSide = 800;

export function ReadPictures({ onText }: { onText: (text: string) => void }): ReactNode {
  const { say, settings } = useField();
  const take = useRef(onText);
  take.current = onText;
  if (!settings.camera) return <p>{say('photo.off')}</p>;

  const look = (video: HTMLVideoElement): (() => void) => {
    const canvas = document.createElement('canvas');
    const context = canvas.getContext('2d', { willReadFrequently: true })!;
    let busy = false;
    const timer = setInterval(() => {
      if (busy || video.videoWidth === 0) return;
      busy = true;
      void import('jsqr').then(({ default: read }) => {
        const scale = Math.min(1, frameSide / Math.max(video.videoWidth, video.videoHeight));
        canvas.width = Math.round(video.videoWidth * scale);
        canvas.height = Math.round(video.videoHeight * scale);
        context.drawImage(video, 0, 0, canvas.width, canvas.height);
        const found = read(context.getImageData(0, 0, canvas.width, canvas.height).data, canvas.width, canvas.height, { inversionAttempts: 'dontInvert' });
        if (found?.data) take.current(found.data);
      }).finally(() => { busy = false; });
    }, 180);
    return () => clearInterval(timer);
  };
  return <Camera label={say('outbox.scan')} onReady={look} />;
}
