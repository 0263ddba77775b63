// The desk's own drawings beside the kit's: same grid, same stroke, never a provider's logo.
import { paths as kitPaths } from "../kit/icons-paths";

const deskPaths = {
  inbox: "M3.75 13.25 6.5 5.75h11l2.75 7.5v5h-16.5zM3.75 13.25h4.5l1.25 2.5h5l1.25-2.5h4.5",
  mine: "M10 4.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM3.5 19.5c.5-3.3 3-5 6.5-5 1.2 0 2.3.2 3.2.6M14.5 18l2 2 4-4.5",
  unassigned: "M10 4.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM3.5 19.5c.5-3.3 3-5 6.5-5 1 0 2 .15 2.8.45M17.75 14.5v6M14.75 17.5h6",
  bot: "M6 8.75h12a1.75 1.75 0 0 1 1.75 1.75v7A1.75 1.75 0 0 1 18 19.25H6a1.75 1.75 0 0 1-1.75-1.75v-7A1.75 1.75 0 0 1 6 8.75zM12 8.5V5.25M10.5 4.75h3M9 13v1.75M15 13v1.75",
  checks: "M2.75 12.75l4 4 7-8M11.5 15.25l1.5 1.5 7.75-8.5",
  clip: "M18.5 11.25l-6.9 6.9a4 4 0 0 1-5.7-5.65l7.4-7.4a2.7 2.7 0 0 1 3.8 3.8l-7.3 7.3a1.3 1.3 0 0 1-1.85-1.85l6.4-6.4",
  panel: "M4.5 4.75h15a1 1 0 0 1 1 1v12.5a1 1 0 0 1-1 1h-15a1 1 0 0 1-1-1V5.75a1 1 0 0 1 1-1zM14.5 5v14",
  hand: "M7.5 12.5V6.75a1.4 1.4 0 0 1 2.8 0V11M10.3 10.75V5a1.4 1.4 0 0 1 2.8 0v5.75M13.1 10.75v-4.5a1.4 1.4 0 0 1 2.8 0V13M15.9 9.75a1.4 1.4 0 0 1 2.8 0v4.5c0 3.3-2.4 6-5.9 6-2.6 0-4.2-1.1-5.4-3.3L4.6 13.4a1.35 1.35 0 0 1 2.2-1.55l1.7 2",
  wallet: "M4.5 7h14a1.5 1.5 0 0 1 1.5 1.5v9a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 17.5V6.75A1.75 1.75 0 0 1 5.75 5H17M15.75 13h.2",
  shield: "M12 3.75l7 2.5v5.5c0 4-2.8 7-7 8.5-4.2-1.5-7-4.5-7-8.5v-5.5zM9 12l2.2 2.2L15.2 10",
  out: "M14 4.75H6.5A1.5 1.5 0 0 0 5 6.25v11.5a1.5 1.5 0 0 0 1.5 1.5H14M10.5 12H20M16.5 8.5 20 12l-3.5 3.5",
  warn: "M12 4.5 20.5 19h-17zM12 10v4M12 16.4v.2",
  eye: "M2.75 12C4.9 8 8.1 6 12 6s7.1 2 9.25 6c-2.15 4-5.35 6-9.25 6s-7.1-2-9.25-6zM12 9.25a2.75 2.75 0 1 0 0 5.5 2.75 2.75 0 0 0 0-5.5z",
  pencil: "M5 19l.9-3.9L15.6 5.4a1.6 1.6 0 0 1 2.3 0l.7.7a1.6 1.6 0 0 1 0 2.3L8.9 18.1zM14 7l3 3",
  info: "M12 3.75a8.25 8.25 0 1 0 0 16.5 8.25 8.25 0 0 0 0-16.5zM12 11v5.25M12 7.75v.2",
  swap: "M7.5 19V5M4 8.5 7.5 5 11 8.5M16.5 5v14M13 15.5l3.5 3.5 3.5-3.5",
  merge: "M6 4.75v4.5c0 3 2.5 3.75 6 3.75s6 .75 6 3.75v2.5M18 4.75v4.5c0 3-2.5 3.75-6 3.75",
  // Channels: LINE is a filled balloon in CSS; the others are lines.
  balloon: "M12 4.5c4.9 0 8.5 2.9 8.5 6.75S16.9 18 12.6 18l-4.1 3v-3.4C5.4 16.6 3.5 14.2 3.5 11.25 3.5 7.4 7.1 4.5 12 4.5z",
  instagram: "M8 4h8a4 4 0 0 1 4 4v8a4 4 0 0 1-4 4H8a4 4 0 0 1-4-4V8a4 4 0 0 1 4-4zM12 8.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM16.75 7.25h.01",
  whatsapp: "M4.25 19.75l1.1-4A8 8 0 1 1 8.2 18.6zM9 9.25c.3 3 2.75 5.4 5.75 5.75l.75-1.6-1.9-1-.8.8a5 5 0 0 1-2-2l.8-.8-1-1.9z",
  messenger: "M12 4.25c4.6 0 8 3.2 8 7.35s-3.4 7.35-8 7.35c-.8 0-1.6-.1-2.3-.3L7 20.25v-2.9a7.2 7.2 0 0 1-3-5.75c0-4.15 3.4-7.35 8-7.35zM7.75 13.5l3-3 2.5 2 3-2.75",
  device: "M8.25 3.75h7.5A1.25 1.25 0 0 1 17 5v14a1.25 1.25 0 0 1-1.25 1.25h-7.5A1.25 1.25 0 0 1 7 19V5a1.25 1.25 0 0 1 1.25-1.25zM11 17.5h2",
  plane: "M20.25 3.75 3.75 10.5l6.5 3.25 3.25 6.5zM10.25 13.75 20.25 3.75",
} as const;

const paths = { ...kitPaths, ...deskPaths };
export type GlyphName = keyof typeof paths;

interface GlyphProps {
  name: GlyphName;
  size?: 12 | 14 | 16 | 20 | 24;
  class?: string;
}

/** Thinner when smaller, or the drawing closes up. */
const STROKES = { 12: 1.15, 14: 1.25, 16: 1.4, 20: 1.75, 24: 1.6 } as const;

export function Glyph({ name, size = 20, class: extra }: GlyphProps) {
  const stroke = STROKES[size];
  return (
    <svg
      class={extra ? `icon ${extra}` : "icon"}
      viewBox="0 0 24 24"
      width={size}
      height={size}
      stroke-width={(stroke * 24) / size}
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  );
}
