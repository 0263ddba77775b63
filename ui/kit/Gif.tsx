// A moving picture: it can be stopped, and stands still by itself for those who want less motion.
import { useRef, useState } from "preact/hooks";

interface Props {
  src: string;
  alt: string;
  /** What the button says. */
  play: string;
  stop: string;
}

export function Gif({ src, alt, play, stop }: Props) {
  const [moving, setMoving] = useState(() => !matchMedia("(prefers-reduced-motion: reduce)").matches);
  const still = useRef<HTMLCanvasElement>(null);
  const draw = (picture: HTMLImageElement) => {
    const canvas = still.current;
    if (!canvas) return;
    canvas.width = picture.naturalWidth;
    canvas.height = picture.naturalHeight;
    canvas.getContext("2d")?.drawImage(picture, 0, 0);
  };
  return (
    <span class="gif">
      <img src={src} alt={alt} hidden={!moving} onLoad={(event) => draw(event.currentTarget)} />
      <canvas ref={still} role="img" aria-label={alt} hidden={moving} />
      <button type="button" class="gif-button" onClick={() => setMoving(!moving)}>
        {moving ? stop : play}
      </button>
    </span>
  );
}
