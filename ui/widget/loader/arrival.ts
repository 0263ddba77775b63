// Links and QR codes into the chat: `#kaiwa` behind the page's address opens it, `#kaiwa=…` says who comes.
import type { Memory } from "./memory";

/** Of the link, and this browser's own word for the arrival: asked again with both, it is the same visitor. */
export interface Came {
  ref?: string;
  key?: string;
}

/** What the address says. Its word works once, so it goes from the address bar and the history at once; until it is
 *  answered it is remembered, for the page may be loaded anew before that. */
export function arrival(memory: Pick<Memory, "came" | "come">): { opens: boolean; came: Came } {
  const found = /^#kaiwa(?:=([\w-]{1,64}))?$/.exec(location.hash);
  let came = memory.came();
  if (found) {
    try {
      history.replaceState(history.state, "", location.pathname + location.search);
    } catch {
      // A page in a sandbox keeps its address.
    }
    const said = found[1];
    if (said && !came.startsWith(`${said} `)) memory.come((came = `${said} ${crypto.getRandomValues(new Uint32Array(4)).join("-")}`));
  }
  const [ref, key] = came.split(" ");
  return { opens: !!found, came: key ? { ref, key } : {} };
}
