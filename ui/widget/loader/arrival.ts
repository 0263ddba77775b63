// Links and QR codes into the chat: `#kaiwa` behind the page's address opens it, `#kaiwa=…` says who comes.

/** What the address says. Its word works once, so it goes from the address bar and the history at once. */
export function arrival(): { opens: boolean; ref: string | null } {
  const found = /^#kaiwa(?:=([\w-]{1,64}))?$/.exec(location.hash);
  if (!found) return { opens: false, ref: null };
  try {
    history.replaceState(history.state, "", location.pathname + location.search);
  } catch {
    // A page in a sandbox keeps its address.
  }
  return { opens: true, ref: found[1] ?? null };
}
