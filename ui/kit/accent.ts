// A merchant's own accent, kept readable: darkened until white text on it has 4.5:1, lightened for dark pages.

type Rgb = [number, number, number];

const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];
/** The surface of the dark theme; tints are mixed with it. */
const NIGHT: Rgb = [30, 32, 36];

const NAMES = ["--ai", "--ai-hover", "--ai-tint", "--ai-line", "--on-ai"];

export interface AccentColours {
  light: Record<string, string>;
  dark: Record<string, string>;
}

export function accentColours(accent: string | null | undefined): AccentColours | null {
  const own = parse(accent);
  if (!own) return null;
  const day = until(own, BLACK, (colour) => contrast(colour, WHITE) >= 4.5);
  const night = until(own, WHITE, (colour) => contrast(colour, NIGHT) >= 7);
  return {
    light: tokens(day, mix(day, BLACK, 0.18), WHITE, WHITE),
    dark: tokens(night, mix(night, WHITE, 0.2), NIGHT, mix(NIGHT, BLACK, 0.4)),
  };
}

/** Set on the root of a page or on the host of a shadow tree, over the tokens. */
export function setAccent(root: HTMLElement, accent: string | null | undefined, dark: boolean): void {
  const colours = accentColours(accent);
  if (!colours) for (const name of NAMES) root.style.removeProperty(name);
  for (const [name, value] of Object.entries((dark ? colours?.dark : colours?.light) ?? {})) {
    root.style.setProperty(name, value);
  }
}

function tokens(ai: Rgb, hover: Rgb, ground: Rgb, onAi: Rgb): Record<string, string> {
  return {
    "--ai": css(ai),
    "--ai-hover": css(hover),
    "--ai-tint": css(mix(ground, ai, ground === NIGHT ? 0.16 : 0.1)),
    "--ai-line": css(mix(ground, ai, 0.28)),
    "--on-ai": css(onAi),
  };
}

/** How well white letters are read on the colour, from 1 to 21; null when it is no colour. */
export function contrastWithWhite(accent: string): number | null {
  const own = parse(accent);
  return own && contrast(own, WHITE);
}

/** The nearest darker colour on which white letters can be read. */
export function readable(accent: string): string | null {
  const own = parse(accent);
  const day = own && until(own, BLACK, (colour) => contrast(colour, WHITE) >= 4.5);
  return day && `#${day.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

function until(colour: Rgb, towards: Rgb, enough: (colour: Rgb) => boolean): Rgb {
  let present = colour;
  for (let step = 0; step < 20 && !enough(present); step += 1) present = mix(present, towards, 0.1);
  return present;
}

function parse(text: string | null | undefined): Rgb | null {
  const hex = /^#([0-9a-f]{6})$/i.exec(text ?? "")?.[1];
  if (!hex) return null;
  return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as Rgb;
}

function mix(a: Rgb, b: Rgb, share: number): Rgb {
  return a.map((value, at) => Math.round(value + (b[at]! - value) * share)) as Rgb;
}

function contrast(a: Rgb, b: Rgb): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour: Rgb): number {
  const [r, g, b] = colour.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function css(colour: Rgb): string {
  return `rgb(${colour.join(" ")})`;
}
