// Saved replies: the shop's and one's own, found, written and checked for blanks that nothing fills.
import { useEffect, useState } from "preact/hooks";
import { Glyph } from "../../icons";
import { type SavedReply } from "../../composer/replies";
import { ReplyForm } from "../../composer/RepliesSheet";
import { EMPTY } from "../../composer/reply-empty";
import { useDesk } from "../../state/desk-context";
import { useStore } from "../../state/store";
import { useWords } from "../../words/words";
import { Bones } from "../parts/Loaded";
import { Part } from "../parts/Parts";

export function RepliesPage() {
  const t = useWords();
  const { replies, agent } = useDesk();
  const { replies: all, phase } = useStore(replies.store, (state) => state);
  const [open, setOpen] = useState<number | "new" | null>(null);
  const [query, setQuery] = useState("");
  useEffect(() => void replies.load(), [replies]);
  if (phase === "idle") return <Bones />;
  const mayShare = agent.role !== "agent";
  const wanted = query.trim().toLowerCase();
  const found = all.filter((one) => `${one.title} ${one.shortcut} ${one.text}`.toLowerCase().includes(wanted));
  const form = (known: SavedReply | null) => (
    <ReplyForm known={known} first={known ?? { ...EMPTY, shared: mayShare }} mayShare={mayShare} onDone={() => setOpen(null)} />
  );
  return (
    <main class="settings-page">
      <Part
        title={t("desk.replies")}
        lead={t("replies.lead")}
        end={
          <button type="button" class="act act-main" onClick={() => setOpen("new")}>
            <Glyph name="plus" size={16} />
            {t("desk.replies.new")}
          </button>
        }
      >
        {phase === "failed" && (
          <p role="alert" class="fault">
            {t("voice.unreachable")}{" "}
            <button type="button" class="link" onClick={() => void replies.load()}>
              {t("desk.again")}
            </button>
          </p>
        )}
        {open === "new" && form(null)}
        {all.length > 0 && (
          <input class="input" type="search" aria-label={t("replies.find")} placeholder={t("replies.find")} value={query} onInput={(event) => setQuery(event.currentTarget.value)} />
        )}
        {phase === "ready" && all.length === 0 && <p class="quiet">{t("desk.replies.none")}</p>}
        {all.length > 0 && found.length === 0 && <p class="quiet">{t("settings.nothingFound")}</p>}
        <ul class="lines">
          {found.map((one) => (
            <li key={one.id} class="line">
              {open === one.id ? (
                form(one)
              ) : (
                <>
                  <span class="line-words">
                    <b>{one.title}</b>
                    <span class="quiet answer-text">{one.text}</span>
                  </span>
                  <span class="line-acts">
                    {one.shortcut && <span class="chip">/{one.shortcut}</span>}
                    {one.language && <span class="chip">{t(`voice.language.${one.language as "ja" | "en"}`)}</span>}
                    <span class="chip">{t(one.shared ? "desk.replies.shared" : "desk.replies.own")}</span>
                    {(mayShare || !one.shared) && (
                      <button type="button" class="icon-button" aria-label={t("desk.replies.edit", { name: one.title })} onClick={() => setOpen(one.id)}>
                        <Glyph name="pencil" size={16} />
                      </button>
                    )}
                  </span>
                </>
              )}
            </li>
          ))}
        </ul>
      </Part>
    </main>
  );
}
