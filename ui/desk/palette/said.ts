// What was said, as the desk's search finds it: the newest few, and the way to all of it.
import { useEffect, useState } from "preact/hooks";
import { excerpt } from "../search/marked";
import { get } from "../state/api";
import type { Hit } from "../wire";
import { nameOf, useWords } from "../words/words";
import { type Act, allFound, toDesk } from "./acts";

const TYPED_MS = 150;
const FEW = 4;

export function useSaid(query: string): Act[] {
  const t = useWords();
  const words = query.trim();
  const [found, setFound] = useState<readonly Hit[]>([]);
  useEffect(() => {
    setFound([]);
    if (!words) return;
    const control = new AbortController();
    const timer = setTimeout(() => {
      get(`/api/search?q=${encodeURIComponent(words)}&limit=${FEW}`, control.signal).then(
        (answer) => setFound(answer.hits),
        () => undefined,
      );
    }, TYPED_MS);
    return () => {
      clearTimeout(timer);
      control.abort();
    };
  }, [words]);
  if (!words) return [];
  const hits = found.map((hit): Act => ({
    id: `said-${hit.message}`, group: "said", glyph: "chat", title: nameOf(t, hit.customer), also: "", aside: excerpt(hit.text, words),
    run: () => toDesk({ conversation: hit.conversation, seq: hit.seq }),
  }));
  return [...hits, { id: "search", group: "said", glyph: "search", title: t("palette.all", { query: words }), also: "", key: "/", run: () => allFound(words) }];
}
