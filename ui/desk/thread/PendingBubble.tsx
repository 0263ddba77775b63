// What this browser sent and the server has not answered for: it stands at its place at once, and can be taken back.
import { useState } from "preact/hooks";
import { CARD_GLYPHS } from "../composer/ChosenCards";
import { Glyph } from "../icons";
import { ChannelMark } from "../marks";
import type { OpenThread } from "../state/open-thread";
import { useDesk } from "../state/desk-context";
import { useStore } from "../state/store";
import { useChannelName, useWords } from "../words/words";
import type { Pending } from "./pending";

interface PendingProps {
  pending: Pending;
  thread: OpenThread;
}

export function PendingBubble({ pending, thread }: PendingProps) {
  const note = pending.kind === "note";
  return (
    <div class={note ? "group" : "group group-out"}>
      <div class="group-messages">
        <article class={note ? "message message-note" : "message message-out message-queued"}>
          {pending.text && (note ? <p class="note-text">{pending.text}</p> : <p class="bubble bubble-out">{pending.text}</p>)}
          {pending.cards?.map((one) => (
            <p class="bubble bubble-out file" key={JSON.stringify(one.card)}>
              <Glyph name={CARD_GLYPHS[one.card.type]} size={16} />
              {one.label}
            </p>
          ))}
          {pending.file && (
            <p class="bubble bubble-out file">
              <Glyph name="file" size={16} />
              {pending.file.name}
            </p>
          )}
          {pending.state === "refused" ? <Refused pending={pending} thread={thread} /> : <Waiting pending={pending} thread={thread} />}
        </article>
      </div>
    </div>
  );
}

function Waiting({ pending, thread }: PendingProps) {
  const t = useWords();
  const desk = useDesk();
  const online = useStore(desk.line, (line) => line.state.kind === "live" || line.state.kind === "polling");
  const channelName = useChannelName();
  return (
    <p class="meta">
      {pending.kind === "reply" && <ChannelMark channel={pending.channel} />}
      {pending.kind === "reply" && <span>{channelName(pending.channel)}</span>}
      <span class="sent sent-queued">
        {t(online ? "desk.state.queued" : "desk.state.offline")}
        <Glyph name="clock" size={14} />
      </span>
      {pending.state === "waiting" && (
        <button type="button" class="link" onClick={() => takeBack(pending, thread)}>
          {t("desk.send.cancel")}
        </button>
      )}
    </p>
  );
}

/** Cancelled before it left: the words go back to where they were written. */
function takeBack(pending: Pending, thread: OpenThread): void {
  thread.pending.withdraw(pending.clientId);
  if (pending.kind === "reply") thread.draft.restore(pending.text, pending.file, pending.cards);
  document.getElementById("composer-text")?.focus();
}

function Refused({ pending, thread }: PendingProps) {
  const t = useWords();
  const [copied, setCopied] = useState(false);
  const copy = () => navigator.clipboard.writeText(pending.text).then(() => setCopied(true), () => setCopied(false));
  return (
    <div class="trouble trouble-failed" role="alert">
      <p class="trouble-words">
        <Glyph name="alert" size={16} />
        <span>
          <b>{t("desk.state.failed")}</b> {pending.words}
        </span>
      </p>
      <p class="trouble-acts">
        <button type="button" class="act act-main" onClick={() => thread.pending.again(pending.clientId)}>
          {t("desk.send.again")}
        </button>
        <button type="button" class="act" onClick={() => takeBack(pending, thread)}>
          {t("desk.send.edit")}
        </button>
        <button type="button" class="act" onClick={() => void copy()}>
          {t(copied ? "desk.send.copied" : "desk.send.copy")}
        </button>
      </p>
    </div>
  );
}
