// Stickers of ours are pictures at an address of ours; our own screens show the drawing instead.
export const STICKERS = ["hello", "thanks", "ok", "please", "sorry", "wait", "found", "love", "hurray", "think", "night", "parcel"] as const;
export type StickerName = (typeof STICKERS)[number];

export const drawingOf = (name: string): string => `/stickers/${name}.svg`;

/** The name of the sticker at that address, if it is one. */
export function stickerAt(url: string | null | undefined): StickerName | null {
  const name = /^https?:\/\/[^/]+\/stickers\/([a-z]+)\.png$/.exec(url ?? "")?.[1];
  return STICKERS.find((one) => one === name) ?? null;
}
