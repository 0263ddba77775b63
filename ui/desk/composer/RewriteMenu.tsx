// Rewriting in the composer, where the shop has a language model: chosen, read beside the draft, taken or left.
import { useEffect, useMemo, useState } from "preact/hooks";
import { Glyph } from "../icons";
import { Popover } from "../shell/Popover";
import type { OpenThread } from "../state/open-thread";
import { useStore } from "../state/store";
import { useWords } from "../words/words";
import { offeredWays, Rewrites, type Way } from "./rewriting";

const known = new WeakMap<OpenThread, Rewrites>();

function rewritesOf(thread: OpenThread): Rewrites {
  const found = known.get(thread) ?? new Rewrites(thread.id);
  known.set(thread, found);
  return found;
}

export function RewriteMenu({ thread }: { thread: OpenThread }) {
  const t = useWords();
  const [ways, setWays] = useState<readonly Way[]>([]);
  const rewrites = useMemo(() => rewritesOf(thread), [thread]);
  const draft = useStore(thread.draft.store, (state) => state.reply);
  const { phase, undo } = useStore(rewrites.store, (state) => state);
  useEffect(() => {
    let gone = false;
    void offeredWays().then((found) => !gone && setWays(found));
    return () => {
      gone = true;
    };
  }, []);
  if (ways.length === 0) return null;
  const back = () => {
    const before = rewrites.takeBack(draft);
    if (before !== null) write(thread, before);
  };
  return (
    <>
      <Popover
        label={t("rewrite.title")}
        side="above"
        buttonClass="tool"
        named
        button={
          <>
            <Glyph name="pencil" size={16} />
            <span class="tool-words">{t("rewrite.button")}</span>
          </>
        }
      >
        {(close) => (
          <ul>
            {ways.map((way) => (
              <li key={way}>
                <button
                  type="button"
                  class="item"
                  disabled={!draft.trim() || phase === "busy"}
                  onClick={() => {
                    close();
                    void rewrites.begin(way, draft, t("rewrite.unreachable"));
                  }}
                >
                  {t(`rewrite.way.${way}`)}
                </button>
              </li>
            ))}
          </ul>
        )}
      </Popover>
      {undo && undo.after === draft && (
        <button type="button" class="tool" onClick={back}>
          <Glyph name="left" size={16} />
          <span class="tool-words">{t("rewrite.undo")}</span>
        </button>
      )}
    </>
  );
}

/** Over the composer: what the model made of the draft. The draft itself is untouched until it is taken. */
export function RewriteOffer({ thread }: { thread: OpenThread }) {
  const t = useWords();
  const rewrites = useMemo(() => rewritesOf(thread), [thread]);
  const draft = useStore(thread.draft.store, (state) => state.reply);
  const { phase, way, from, text, fault } = useStore(rewrites.store, (state) => state);
  if (phase === "idle" || way === null) return null;
  const stale = phase === "offered" && draft !== from;
  const take = () => {
    const words = rewrites.take(draft);
    if (words !== null) write(thread, words);
  };
  return (
    <section class="rewrite" aria-label={t("rewrite.title")}>
      <p class="replies-head">
        <b>{t(`rewrite.way.${way}`)}</b>
        <span role="status">{t(phase === "busy" ? "rewrite.busy" : phase === "offered" ? "rewrite.ready" : "rewrite.none")}</span>
      </p>
      {phase === "offered" && <p class="filled">{text}</p>}
      {fault && (
        <p class="fault" role="alert">
          <Glyph name="alert" size={14} />
          {fault}
        </p>
      )}
      {stale && <p class="quiet">{t("rewrite.stale")}</p>}
      <div class="rewrite-foot">
        <button type="button" class="act" onClick={() => (rewrites.leave(), focus())}>
          {t(phase === "busy" ? "rewrite.stop" : "rewrite.leave")}
        </button>
        {phase === "offered" && (
          <button type="button" class="act act-main" disabled={stale} onClick={take}>
            {t("rewrite.take")}
          </button>
        )}
      </div>
    </section>
  );
}

function write(thread: OpenThread, words: string): void {
  thread.draft.write(words);
  focus();
}

const focus = (): void => document.getElementById("composer-text")?.focus();
