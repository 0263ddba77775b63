// Text becomes text and links, never markup. Only web addresses are links, and they show themselves in full.
import type { ComponentChild } from "preact";

const ADDRESS = /https?:\/\/[^\s<>"'「」（）。、]+/g;

export function withLinks(text: string): ComponentChild[] {
  const parts: ComponentChild[] = [];
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = match[0].replace(/[.,!?)\]]+$/, "");
    parts.push(text.slice(from, match.index));
    parts.push(
      <a href={address} target="_blank" rel="noopener noreferrer nofollow">
        {address}
      </a>,
    );
    from = match.index + address.length;
  }
  parts.push(text.slice(from));
  return parts;
}

/** Addresses come from the shop's records; anything that is not a web address is not followed. */
export function webAddress(url: string | null | undefined): string | null {
  return url && /^(https?:\/\/|\/(?!\/))/.test(url) ? url : null;
}
