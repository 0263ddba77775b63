// A send that failed, or whose result nobody knows. Nothing is sent a second time without being asked for.
import { useState } from "preact/hooks";
import { Glyph } from "../icons";
import { ChannelMark } from "../marks";
import type { OpenThread } from "../state/open-thread";
import { useStore } from "../state/store";
import type { DeskMessage, Route } from "../wire";
import { exact, hour } from "../words/time";
import { useChannelName, useLanguage, useWords } from "../words/words";
import { reasonKey, reasonRest } from "./reason";
import { wordsOf } from "./timeline";

interface TroubleProps {
  message: DeskMessage;
  thread: OpenThread;
}

export function SendTrouble({ message, thread }: TroubleProps) {
  const t = useWords();
  const language = useLanguage();
  const channelName = useChannelName();
  const failed = message.state === "failed";
  return (
    <div class={failed ? "trouble trouble-failed" : "trouble trouble-unknown"} role="alert">
      <p class="trouble-words">
        {failed ? <Glyph name="alert" size={16} /> : <ChannelMark channel={message.channel} />}
        <span>
          <b>{t(failed ? "desk.state.failed" : "desk.state.unknown")}</b>{" "}
          {failed ? <Reason error={message.error} /> : t("desk.send.unknownWhy")}{" "}
          <span class="trouble-time figures">
            {channelName(message.channel)}{" "}
            <time dateTime={message.occurred_at} title={exact(message.occurred_at, language)}>
              {hour(message.occurred_at, language)}
            </time>
          </span>
        </span>
      </p>
      {failed ? <FailedActs message={message} thread={thread} /> : <UnknownActs message={message} thread={thread} />}
    </div>
  );
}

function Reason({ error }: { error: string | null }) {
  const t = useWords();
  const key = reasonKey(error);
  return <>{key ? t(key) : reasonRest(error)}</>;
}

/** The best other address that is open now: the live widget, then what costs nothing. */
function otherRoute(routes: readonly Route[], channel: string): Route | undefined {
  const open = routes.filter((one) => one.open && one.channel !== channel);
  return open.find((one) => one.kind === "live") ?? open.find((one) => one.cost === "free") ?? open[0];
}

function FailedActs({ message, thread }: TroubleProps) {
  const t = useWords();
  const channelName = useChannelName();
  const routes = useStore(thread.conversation.store, (state) => state.routes);
  const [copied, setCopied] = useState(false);
  const permanent = message.permanent === true;
  const words = wordsOf(message);
  const other = permanent && words ? otherRoute(routes, message.channel) : undefined;
  // Not sent by one press: the agent reads the text once more, on the channel that works.
  const useOther = () => {
    thread.draft.restore(words, null);
    thread.draft.store.set({ identity: other?.identity ?? null });
    document.getElementById("composer-text")?.focus();
  };
  const copy = () => navigator.clipboard.writeText(words).then(() => setCopied(true), () => setCopied(false));
  return (
    <p class="trouble-acts">
      {!permanent && <RetryButton message={message} thread={thread} mayDouble={false} main />}
      {other && (
        <button type="button" class="act act-main" onClick={useOther}>
          {t("desk.send.via", { channel: channelName(other.channel) })}
        </button>
      )}
      {words && (
        <button type="button" class="act" onClick={() => void copy()}>
          {t(copied ? "desk.send.copied" : "desk.send.copy")}
        </button>
      )}
    </p>
  );
}

function UnknownActs({ message, thread }: TroubleProps) {
  const t = useWords();
  const [asking, setAsking] = useState(false);
  if (!asking)
    return (
      <p class="trouble-acts">
        <button type="button" class="act" onClick={() => setAsking(true)}>
          {t("desk.send.again")}
        </button>
      </p>
    );
  return (
    <div class="trouble-ask" role="group" aria-label={t("desk.send.mayDouble")}>
      <p>{t("desk.send.mayDouble")}</p>
      <p class="trouble-acts">
        <button type="button" class="act" ref={focusOnce} onClick={() => setAsking(false)}>
          {t("desk.send.not")}
        </button>
        <RetryButton message={message} thread={thread} mayDouble />
      </p>
    </div>
  );
}

/** The safe choice takes the focus first. */
function focusOnce(button: HTMLButtonElement | null): void {
  button?.focus();
}

interface RetryProps extends TroubleProps {
  mayDouble: boolean;
  main?: boolean;
}

function RetryButton({ message, thread, mayDouble, main = false }: RetryProps) {
  const t = useWords();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState(false);
  const retry = async () => {
    setBusy(true);
    setFault(false);
    await thread.conversation.retry(message, mayDouble).catch(() => setFault(true));
    setBusy(false);
  };
  return (
    <>
      <button type="button" class={main ? "act act-main" : "act"} disabled={busy} onClick={() => void retry()}>
        <Glyph name="retry" size={16} />
        {t("desk.send.anyway")}
      </button>
      {fault && <span role="alert">{t("desk.send.actFailed")}</span>}
    </>
  );
}
