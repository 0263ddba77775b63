// The desk's own search: from the first character, newest first, the found words marked.
import { useEffect, useRef, useState } from "preact/hooks";
import { Glyph } from "../icons";
import { ChannelMark, PersonMark } from "../marks";
import { PHONE, useMedia } from "../shell/media";
import { get } from "../state/api";
import { addressOf, go, isPlainPress, route } from "../state/route";
import { useStore } from "../state/store";
import type { Hit } from "../wire";
import { shortTime, useNow } from "../words/time";
import { nameOf, useChannelName, useLanguage, useWords } from "../words/words";
import { excerpt, marked } from "./marked";
import type { Hits } from "../server";

interface Found {
  query: string;
  hits: readonly Hit[];
  next: number | null;
  phase: "idle" | "busy" | "ready" | "failed";
}

const TYPED_MS = 150;
const EMPTY: Found = { query: "", hits: [], next: null, phase: "idle" };

const ask = (query: string, before: number | null, signal?: AbortSignal): Promise<Hits> =>
  get(`/api/search?q=${encodeURIComponent(query)}&limit=20${before === null ? "" : `&before=${before}`}`, signal);

function useFound(query: string) {
  const [found, setFound] = useState<Found>(EMPTY);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const words = query.trim();
    if (!words) return setFound(EMPTY);
    const control = new AbortController();
    setFound((was) => ({ ...was, phase: "busy" }));
    const timer = setTimeout(() => {
      ask(words, null, control.signal).then(
        (answer) => setFound({ query: words, hits: answer.hits, next: answer.next, phase: "ready" }),
        () => control.signal.aborted || setFound({ ...EMPTY, phase: "failed" }),
      );
    }, TYPED_MS);
    return () => {
      clearTimeout(timer);
      control.abort();
    };
  }, [query, turn]);
  const more = async () => {
    const answer = await ask(found.query, found.next).catch(() => null);
    if (answer) setFound((was) => ({ ...was, hits: [...was.hits, ...answer.hits], next: answer.next }));
  };
  return { found, more, again: () => setTurn(turn + 1) };
}

export function SearchPane({ query }: { query: string }) {
  const t = useWords();
  const { found, more, again } = useFound(query);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const Box = useMedia(PHONE) ? "main" : "section";
  return (
    <Box class="list-column" aria-label={t("desk.search")}>
      {Box === "main" && <h1 class="unseen">{t("desk.search")}</h1>}
      <div class="head search-head" role="search">
        <Glyph name="search" size={16} />
        <input
          ref={field}
          id="search-text"
          type="search"
          value={query}
          aria-label={t("desk.search.field")}
          placeholder={t("desk.search.field")}
          // Every letter is a new place, but only one entry in the history.
          onInput={(event) => go({ query: event.currentTarget.value }, true)}
        />
        <button type="button" class="icon-button" aria-label={t("desk.search.close")} onClick={() => go({ query: null })}>
          <Glyph name="close" />
        </button>
      </div>
      <div class="rows" id="list" tabIndex={-1}>
        <SearchState found={found} query={query} again={again} />
        <ul>
          {found.hits.map((hit) => (
            <li key={hit.message}>
              <HitRow hit={hit} query={found.query} />
            </li>
          ))}
        </ul>
        {found.next !== null && (
          <p class="rows-end">
            <button type="button" class="button button-line" onClick={() => void more()}>
              {t("desk.search.more")}
            </button>
          </p>
        )}
      </div>
    </Box>
  );
}

interface StateProps {
  found: Found;
  query: string;
  again: () => void;
}

function SearchState({ found, query, again }: StateProps) {
  const t = useWords();
  if (found.phase === "failed")
    return (
      <div class="rows-notice" role="alert">
        <p>{t("desk.search.failed")}</p>
        <button type="button" class="button button-line" onClick={again}>
          {t("desk.again")}
        </button>
      </div>
    );
  const count = found.hits.length;
  const words =
    found.phase === "idle" ? t("desk.search.hint")
    : found.phase === "busy" && count === 0 ? t("desk.search.busy")
    : count === 0 ? t("desk.search.none", { query: query.trim() })
    : t(found.next === null ? "desk.search.count" : "desk.search.countMore", { n: count });
  return (
    <p class={count > 0 ? "search-count figures" : "rows-empty"} role="status">
      {words}
    </p>
  );
}

function HitRow({ hit, query }: { hit: Hit; query: string }) {
  const t = useWords();
  const language = useLanguage();
  const channelName = useChannelName();
  const now = useNow();
  const place = useStore(route, (state) => state);
  const current = place.conversation === hit.conversation && place.seq === hit.seq;
  const target = { ...place, conversation: hit.conversation, seq: hit.seq };
  return (
    <a
      class="row hit"
      data-row={hit.message}
      href={addressOf(target)}
      aria-current={current ? "true" : undefined}
      onClick={(event) => {
        if (!isPlainPress(event)) return;
        event.preventDefault();
        go({ conversation: hit.conversation, seq: hit.seq });
      }}
    >
      <span class="row-who">
        <PersonMark name={hit.customer.name} size={32} />
        <ChannelMark channel={hit.channel} class="row-channel" />
      </span>
      <span class="row-name">{nameOf(t, hit.customer)}</span>
      <span class="unseen">{channelName(hit.channel)}</span>
      <time class="row-time figures" dateTime={hit.occurred_at}>
        {shortTime(hit.occurred_at, language, now)}
      </time>
      <span class="hit-text">
        {marked(excerpt(hit.text, query), query).map((part, index) =>
          part.hit ? <mark key={index}>{part.text}</mark> : part.text,
        )}
      </span>
    </a>
  );
}
