// A link into another chat by which this customer is known there: to send, or to be scanned from the screen.
import { useEffect, useRef, useState } from "preact/hooks";
import { ApiError } from "../../kit/api";
import { newClientId } from "../../kit/ids";
import { Glyph } from "../icons";
import { ChannelMark } from "../marks";
import { Dialog } from "../shell/Dialog";
import { get, post } from "../state/api";
import type { OpenThread } from "../state/open-thread";
import { hour } from "../words/time";
import { useChannelName, useLanguage, useWords } from "../words/words";
import type { ChatLink as Made, InboxName as Box } from "../server";

export function ChatLink({ thread }: { thread: OpenThread }) {
  const t = useWords();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" id="act-link" class="same" onClick={() => setOpen(true)}>
        <Glyph name="open" size={14} />
        {t("desk.link.open")}
      </button>
      {open && <LinkSheet thread={thread} onClose={() => setOpen(false)} />}
    </>
  );
}

function LinkSheet({ thread, onClose }: { thread: OpenThread; onClose: () => void }) {
  const t = useWords();
  const channelName = useChannelName();
  const [boxes, setBoxes] = useState<readonly Box[] | null>(null);
  const [made, setMade] = useState<Made | null>(null);
  const [fault, setFault] = useState("");
  const path = `/api/conversations/${thread.id}/link` as const;
  const tell = (problem: unknown) => setFault(problem instanceof ApiError && problem.message ? problem.message : t("desk.act.failed"));
  useEffect(() => void get(path).then((answer) => setBoxes(answer.inboxes), tell), [path]);
  const make = async (box: Box) => {
    setFault("");
    setMade(null);
    await post(path, { inbox: box.id }).then(setMade, tell);
  };
  return (
    <Dialog title={t("desk.link.title")} onClose={onClose}>
      {fault && (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
      <p class="quiet">{t("desk.link.what")}</p>
      {!boxes && !fault && <span class="bone bone-line" aria-busy="true" />}
      {boxes?.length === 0 && <p class="notice">{t("desk.link.none")}</p>}
      <div class="link-acts">
        {boxes?.map((box) => (
          <button key={box.id} type="button" class="act" onClick={() => void make(box)}>
            <ChannelMark channel={box.channel} />
            {box.name || channelName(box.channel)}
          </button>
        ))}
      </div>
      {linkable(thread) && <AccountOffer thread={thread} onDone={onClose} onFault={tell} />}
      {made && <Shown made={made} onInsert={() => insert(thread, made.url, onClose)} />}
    </Dialog>
  );
}

const LINKS_ACCOUNTS = new Set(["line", "messenger"]);
const linkable = (thread: OpenThread) => LINKS_ACCOUNTS.has(thread.conversation.store.get().row?.channel ?? "");

/** A link into the customer's own chat, by which they prove who they are. */
function AccountOffer({ thread, onDone, onFault }: { thread: OpenThread; onDone: () => void; onFault: (problem: unknown) => void }) {
  const t = useWords();
  const once = useRef(newClientId());
  const offer = async () => {
    await post(`/api/conversations/${thread.id}/account-link`, { client_id: once.current });
    await thread.conversation.load();
    onDone();
  };
  return (
    <section>
      <p class="quiet">{t("desk.link.accountWhat")}</p>
      <button type="button" id="act-account-link" class="act" onClick={() => void offer().catch(onFault)}>
        <Glyph name="shield" size={16} />
        {t("desk.link.account")}
      </button>
    </section>
  );
}

function Shown({ made, onInsert }: { made: Made; onInsert: () => void }) {
  const t = useWords();
  const language = useLanguage();
  const [copied, setCopied] = useState(false);
  const copy = () => navigator.clipboard.writeText(made.url).then(() => setCopied(true), () => setCopied(false));
  return (
    <div class="form" role="status">
      <div class="link-code" role="img" aria-label={t("desk.link.code")} dangerouslySetInnerHTML={{ __html: made.qr }} />
      <input class="field" readOnly value={made.url} aria-label={t("desk.link.url")} onFocus={(event) => event.currentTarget.select()} />
      <p class="quiet">{t("desk.link.until", { time: hour(made.expires_at, language) })}</p>
      <div class="link-acts">
        <button type="button" class="act" onClick={() => void copy()}>
          {t(copied ? "desk.link.copied" : "desk.link.copy")}
        </button>
        <button type="button" class="act act-main" onClick={onInsert}>
          {t("desk.link.insert")}
        </button>
      </div>
    </div>
  );
}

function insert(thread: OpenThread, url: string, onClose: () => void): void {
  thread.draft.turn("reply");
  thread.draft.write([thread.draft.store.get().reply, url].filter(Boolean).join("\n"));
  onClose();
}
