// The draft as every channel would carry it: how many messages, what is read, and what would be lost.
import { useEffect, useState } from "preact/hooks";
import { ApiError } from "../../kit/api";
import { Glyph } from "../icons";
import { ChannelMark } from "../marks";
import { Dialog } from "../shell/Dialog";
import { post } from "../state/api";
import type { OpenThread } from "../state/open-thread";
import { useStore } from "../state/store";
import { sentenceOf } from "../thread/degraded";
import { useChannelName, useWords } from "../words/words";
import type { Preview } from "../server";

export function PreviewButton({ thread }: { thread: OpenThread }) {
  const t = useWords();
  const { reply, file, cards } = useStore(thread.draft.store, (state) => state);
  const [open, setOpen] = useState(false);
  const empty = !reply.trim() && !file && cards.length === 0;
  return (
    <>
      <button type="button" id="composer-preview" class="tool" title={t("preview.title")} disabled={empty} onClick={() => setOpen(true)}>
        <Glyph name="eye" size={16} />
        <span class="tool-words">{t("preview.button")}</span>
      </button>
      {open && <PreviewSheet thread={thread} onClose={() => setOpen(false)} />}
    </>
  );
}

function PreviewSheet({ thread, onClose }: { thread: OpenThread; onClose: () => void }) {
  const t = useWords();
  const [found, setFound] = useState<Preview[] | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  useEffect(() => {
    const { reply, file, cards, identity } = thread.draft.store.get();
    const body = { text: reply, file: file?.file ?? null, identity, cards: cards.map((one) => one.card) };
    post(`/api/conversations/${thread.id}/preview`, body).then(
      (answer) => setFound(answer.previews),
      (problem) => setFault(problem instanceof ApiError && problem.message && problem.status > 0 ? problem.message : t("voice.unreachable")),
    );
  }, [thread]);
  const ours = found?.filter((one) => one.connected) ?? [];
  const others = found?.filter((one) => !one.connected) ?? [];
  return (
    <Dialog title={t("preview.title")} wide onClose={onClose}>
      <p class="quiet">{t("preview.lead")}</p>
      <div role="alert">{fault && <p class="fault">{fault}</p>}</div>
      {!found && !fault && <p role="status">{t("desk.checking")}</p>}
      <ul class="previews">
        {ours.map((one) => (
          <OnChannel key={one.channel} preview={one} />
        ))}
      </ul>
      {others.length > 0 && (
        <details>
          <summary>{t("preview.others", { n: others.length })}</summary>
          <ul class="previews">
            {others.map((one) => (
              <OnChannel key={one.channel} preview={one} />
            ))}
          </ul>
        </details>
      )}
    </Dialog>
  );
}

function OnChannel({ preview }: { preview: Preview }) {
  const t = useWords();
  const name = useChannelName()(preview.channel);
  const lost = preview.degradations.map((one) => sentenceOf(one, t) ?? t("preview.lost", { lost: one.lost }));
  return (
    <li class="preview-on">
      <h3>
        <ChannelMark channel={preview.channel} />
        {name}
        <span class="quiet figures">{t("preview.messages", { n: preview.messages })}</span>
      </h3>
      {lost.length === 0 ? (
        <p class="fact-matsu outcome">
          <Glyph name="check" size={14} />
          {t("preview.whole")}
        </p>
      ) : (
        <ul class="preview-lost">
          {[...new Set(lost)].map((words) => (
            <li key={words}>
              <Glyph name="info" size={14} />
              {words}
            </li>
          ))}
        </ul>
      )}
      <details>
        <summary>{t("preview.seen")}</summary>
        <pre tabIndex={0}>{preview.seen.join("\n")}</pre>
      </details>
    </li>
  );
}
