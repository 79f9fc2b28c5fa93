// The camera inside the page, not the phone's camera app: no copy stays in the gallery, and a frame carries no metadata (no place, no device).
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useField } from '../field.js';

export function Camera({ onReady, label }: { onReady: (video: HTMLVideoElement) => (() => void) | void; label: string }): ReactNode {
  const { say } = useField();
  const video = useRef<HTMLVideoElement>(null);
  const ready = useRef(onReady);
  ready.current = onReady;
  const [problem, setProblem] = useState('');

  useEffect(() => {
    let stream: MediaStream | undefined;
    let stop: (() => void) | void;
    let gone = false;
    const start = async (): Promise<void> => {
      stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: { facingMode: 'environment', width: { ideal: 1920 }, height: { ideal: 1080 } } });
      if (gone || !video.current) return stream.getTracks().forEach((track) => track.stop());
      video.current.srcObject = stream;
      await video.current.play();
      if (!gone) stop = ready.current(video.current);
    };
    start().catch((why: unknown) => setProblem(say('qr.camera.failed', { why: why instanceof Error ? why.message : String(why) })));
    return () => {
      gone = true;
      stop?.();
      stream?.getTracks().forEach((track) => track.stop());
    };
  }, [say]);

  return problem ? <p role="alert">{problem}</p> : <video ref={video} className="camera" muted playsInline aria-label={label} />;
}
