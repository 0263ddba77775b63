// Who it is, who else is here, and the next act: take over, hand back, assign, close, reopen.
import { useState } from "preact/hooks";
import { ApiError } from "../../kit/api";
import { Glyph } from "../icons";
import { ChannelMark, PersonMark } from "../marks";
import { Popover } from "../shell/Popover";
import { SortActs } from "../sorting/SortActs";
import { DueChip } from "../staff/DueChip";
import { WhisperMenu } from "../staff/WhisperMenu";
import { useDesk } from "../state/desk-context";
import type { OpenThread } from "../state/open-thread";
import { go } from "../state/route";
import { useStore } from "../state/store";
import type { Row } from "../wire";
import { shortTime, useNow, waited } from "../words/time";
import { nameOf, useLanguage, useWords } from "../words/words";
import { AssignMenu } from "./AssignMenu";
import type { Verb } from "./conversation";

interface HeadProps {
  thread: OpenThread;
  onCustomer: (() => void) | null;
}

export function ThreadHead({ thread, onCustomer }: HeadProps) {
  const t = useWords();
  const { row } = useStore(thread.conversation.store, (state) => state);
  const [fault, setFault] = useState<string | null>(null);
  return (
    <>
      <header class="head thread-head">
        <button type="button" class="icon-button phone-only" aria-label={t("desk.back")} onClick={() => go({ conversation: null })}>
          <Glyph name="left" />
        </button>
        {row && <Who row={row} />}
        {row && <DueChip row={row} />}
        <Viewers thread={thread} />
        {row && <Acts thread={thread} row={row} onFault={setFault} />}
        {onCustomer && (
          <button type="button" class="icon-button" aria-label={t("desk.customer.open")} title={t("desk.act.customer")} onClick={onCustomer}>
            <Glyph name="panel" />
          </button>
        )}
      </header>
      {fault && (
        <p class="head-fault" role="alert">
          <Glyph name="warn" size={16} />
          {fault}
          <button type="button" class="link" onClick={() => setFault(null)}>
            {t("desk.close")}
          </button>
        </p>
      )}
    </>
  );
}

function Who({ row }: { row: Row }) {
  const t = useWords();
  const language = useLanguage();
  const now = useNow();
  return (
    <div class="who">
      <span class="row-who phone-only">
        <PersonMark name={row.customer.name} size={32} />
        <ChannelMark channel={row.channel} class="row-channel" />
      </span>
      <h1 class="head-title">{nameOf(t, row.customer)}</h1>
      <p class="who-wait phone-only figures">
        {row.waiting_since ? waited(t, row.waiting_since, now) : shortTime(row.updated_at, language, now)}
      </p>
    </div>
  );
}

function Viewers({ thread }: { thread: OpenThread }) {
  const t = useWords();
  const viewers = useStore(thread.conversation.store, (state) => state.viewers);
  const [first] = viewers;
  if (!first) return null;
  const words =
    viewers.length === 1 ? t("desk.viewing", { name: first.name }) : `${t("desk.viewing", { name: first.name })} +${viewers.length - 1}`;
  return (
    <span class="viewing" role="status" title={viewers.map((one) => one.name).join(", ")}>
      <PersonMark name={first.name} size={20} />
      <Glyph name="eye" size={14} />
      <span class="viewing-words">{words}</span>
    </span>
  );
}

interface ActsProps {
  thread: OpenThread;
  row: Row;
  onFault: (words: string | null) => void;
}

function Acts({ thread, row, onFault }: ActsProps) {
  const t = useWords();
  const desk = useDesk();
  const [busy, setBusy] = useState(false);
  const act = (verb: Verb) => tried(async () => desk.rowChanged(await thread.act(verb)));
  const tried = async (deed: () => Promise<void>) => {
    if (busy) return;
    setBusy(true);
    onFault(null);
    try {
      await deed();
    } catch (problem) {
      const conflict = problem instanceof ApiError && problem.status === 409;
      const present = conflict ? (problem.detail.conversation as Row | undefined) : undefined;
      if (present) desk.rowChanged(present);
      const refused = problem instanceof ApiError && problem.status === 403;
      onFault(conflict ? t("desk.act.conflict") : refused ? problem.message : t("desk.act.failed"));
    } finally {
      setBusy(false);
    }
  };
  const mine = row.answered_by === "agent" && row.assignee?.id === desk.agent.id;
  const open = row.status === "open";
  return (
    <div class="acts">
      {open && !mine && (
        <button type="button" id="act-take" class="act act-main" title={t("desk.act.take")} disabled={busy} onClick={() => void act("take")}>
          <Glyph name="hand" size={16} />
          <span class="act-words">{t("desk.act.take")}</span>
        </button>
      )}
      {open && <AssignMenu row={row} onGive={(to) => void tried(() => desk.sort(row, { do: "assign", ...to }))} />}
      {open && mine && (
        <button
          type="button"
          id="act-back"
          class="act act-wide hand-back"
          title={t("desk.act.handBack")}
          disabled={busy}
          onClick={() => void act("hand-back")}
        >
          <Glyph name="bot" size={16} />
          <span class="act-words">{t("desk.act.handBack")}</span>
        </button>
      )}
      <span class="sort-acts">
        <WhisperMenu row={row} />
        <SortActs row={row} onSort={(deed) => void tried(() => desk.sort(row, deed))} />
      </span>
      <button type="button" id="act-close" class="act act-wide" title={t(open ? "desk.act.close" : "desk.act.reopen")} disabled={busy} onClick={() => void act(open ? "close" : "reopen")}>
        <Glyph name={open ? "check" : "retry"} size={16} />
        <span class="close-words">{t(open ? "desk.act.close" : "desk.act.reopen")}</span>
      </button>
      <span class="phone-only">
        <MoreActs open={open} mine={mine} act={(verb) => void act(verb)} />
      </span>
    </div>
  );
}

function MoreActs({ open, mine, act }: { open: boolean; mine: boolean; act: (verb: Verb) => void }) {
  const t = useWords();
  const verbs: Verb[] = [...(open && mine ? (["hand-back"] as const) : []), open ? "close" : "reopen"];
  const words = { "hand-back": t("desk.act.handBack"), close: t("desk.act.close"), reopen: t("desk.act.reopen"), take: "" };
  return (
    <Popover label={t("desk.act.more")} align="end" buttonClass="icon-button" button={<Glyph name="more" />}>
      {(close) =>
        verbs.map((verb) => (
          <button
            key={verb}
            type="button"
            role="menuitem"
            class="item"
            onClick={() => {
              close();
              act(verb);
            }}
          >
            <Glyph name={verb === "hand-back" ? "bot" : verb === "close" ? "check" : "retry"} size={16} />
            {words[verb]}
          </button>
        ))
      }
    </Popover>
  );
}
