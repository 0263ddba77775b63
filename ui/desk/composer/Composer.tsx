// The place to answer: where it goes and what that means first, then the words, then the send.
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { ApiError } from "../../kit/api";
import { Glyph } from "../icons";
import { MOD } from "../shell/mod-key";
import { isComposing } from "../shell/shortcuts";
import { useDesk } from "../state/desk-context";
import type { OpenThread } from "../state/open-thread";
import { useStore } from "../state/store";
import type { Route, Row } from "../wire";
import { useWords, wordOr } from "../words/words";
import { AskMenu } from "./AskMenu";
import { Attachment, AttachButton, useAttaching } from "./Attachment";
import { blanksIn } from "./blanks";
import { CardMenus } from "./CardMenu";
import { ChosenCards } from "./ChosenCards";
import { ConflictNotice } from "./ConflictNotice";
import { useMentions } from "./Mentions";
import { PreviewButton } from "./PreviewSheet";
import { RewriteMenu, RewriteOffer } from "./RewriteMenu";
import { EmojiButton } from "./EmojiButton";
import { RouteFacts } from "./RouteFacts";
import { RouteMenu } from "./RouteMenu";
import { chosenRoute } from "./routes";
import { useSavedReplies } from "./SavedReplies";
import { TemplateButton } from "./TemplatePicker";
import { templateRoute } from "./templates";

const LIMIT = 10_000;
const LINES = 10;

export function Composer({ thread }: { thread: OpenThread }) {
  const t = useWords();
  const { row, routes, customer, phase } = useStore(thread.conversation.store, (state) => state);
  const writing = useStore(thread.draft.store, (state) => state);
  const conflict = useStore(thread.conflict, (state) => state.conflict);
  const attaching = useAttaching(thread.draft);
  const [fault, setFault] = useState("");
  const route = chosenRoute(routes, row, writing.identity);
  const approved = templateRoute(routes, route);
  const note = writing.mode === "note";
  const text = note ? writing.note : writing.reply;
  const tooLong = text.length > LIMIT;
  const something = Boolean(text.trim() || (!note && (writing.file || writing.cards.length > 0)));
  const missing = note ? [] : blanksIn(text);
  const saved = useSavedReplies(thread, note);
  const mentions = useMentions(thread, note);
  const ready = something && !tooLong && missing.length === 0 && !attaching.share && (note || (phase === "ready" && route && !conflict));
  const send = () => ready && thread.send(route?.channel ?? "", route?.identity ?? null);

  return (
    <form
      class={note ? "composer composer-note" : "composer"}
      id="composer"
      tabIndex={-1}
      aria-label={t("desk.composer")}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {saved.layer}
      {mentions.layer}
      {conflict && !note && <ConflictNotice thread={thread} conflict={conflict} onSend={() => route && sendAnyway(thread, route)} />}
      <div class="composer-head">
        {!note && (
          <RouteMenu
            routes={routes}
            chosen={route}
            early={phase !== "ready"}
            customer={customer}
            onChoose={(identity) => thread.draft.store.set({ identity })}
            onContinue={(identity) => void tried(goOn(thread, identity), setFault, t("desk.act.failed"))}
            onProve={(identity) => void tried(thread.conversation.sendCode(identity), setFault, t("desk.act.failed"))}
          />
        )}
        <button
          type="button"
          class="note-switch"
          aria-pressed={note}
          onClick={() => {
            thread.draft.turn(note ? "reply" : "note");
            document.getElementById("composer-text")?.focus();
          }}
        >
          <Glyph name="lock" size={16} />
          {t("desk.composer.note")}
        </button>
        <span class="saved">{writing.saved && !note && text ? t("desk.composer.saved") : ""}</span>
      </div>
      {fault && (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
      {!note && <Facts thread={thread} route={route} row={row} />}
      <Words thread={thread} text={text} note={note} early={phase !== "ready"} onSend={send} onCaret={note ? mentions.look : saved.look} />
      {!note && <RewriteOffer thread={thread} />}
      {!note && <ChosenCards draft={thread.draft} />}
      {missing.length > 0 && (
        <p class="unfilled" role="alert">
          <Glyph name="warn" size={14} />
          {t("desk.composer.unfilled", { names: missing.map((name) => wordOr(t, `desk.blank.${name}`, name)).join(", ") })}
        </p>
      )}
      {!note && <Attachment draft={thread.draft} attaching={attaching} />}
      {tooLong && (
        <p class="fault" role="alert">
          {t("desk.composer.tooLong", { n: text.length.toLocaleString() })}
        </p>
      )}
      <div class="composer-foot">
        {!note && (
          <div class="tools">
            {saved.button}
            <CardMenus thread={thread} />
            {approved && <TemplateButton thread={thread} route={approved} />}
            <PreviewButton thread={thread} />
            <RewriteMenu thread={thread} />
            <AskMenu thread={thread} />
            <EmojiButton thread={thread} />
            <AttachButton attaching={attaching} />
          </div>
        )}
        <button type="submit" class="send" aria-disabled={!ready}>
          <Glyph name={note ? "lock" : "plane"} size={20} class="send-glyph" />
          <span class="send-words">{t(note ? "desk.composer.saveNote" : conflict ? "desk.composer.confirm" : "desk.composer.send")}</span>
          <kbd aria-hidden="true">{MOD} ↵</kbd>
        </button>
      </div>
    </form>
  );
}

/** The agent has looked: what was written goes out on top of the present state. */
function sendAnyway(thread: OpenThread, route: Route): void {
  thread.conflict.set({ conflict: null });
  thread.send(route.channel, route.identity);
}

/** The conversation goes on there, and whatever is sent from this moment too. */
async function goOn(thread: OpenThread, identity: number): Promise<void> {
  const before = thread.draft.store.get().identity;
  thread.draft.store.set({ identity });
  try {
    await thread.conversation.continueAt(identity);
    thread.draft.store.set({ identity: null });
  } catch (problem) {
    thread.draft.store.set({ identity: before });
    throw problem;
  }
}

async function tried(work: Promise<void>, tell: (fault: string) => void, failed: string): Promise<void> {
  tell("");
  try {
    await work;
  } catch (problem) {
    tell(problem instanceof ApiError && problem.message ? problem.message : failed);
  }
  document.getElementById("composer-text")?.focus();
}

interface FactsProps {
  thread: OpenThread;
  route: Route | null;
  row: Row | null;
}

function Facts({ thread, route, row }: FactsProps) {
  const t = useWords();
  const desk = useDesk();
  const { phase, customer, routes } = useStore(thread.conversation.store, (state) => state);
  const off = useStore(desk.line, (line) => line.state.kind === "waiting");
  // The thread says what went wrong, and tries again.
  if (phase === "failed") return null;
  if (phase !== "ready") return <p class="facts facts-line">{t("desk.composer.checking")}</p>;
  if (off)
    return (
      <p class="facts facts-line fact-yamabuki">
        <Glyph name="offline" size={14} />
        {t("desk.state.offline")}
      </p>
    );
  const blocked = routes.find((one) => one.channel === row?.channel && !one.open && one.reason);
  return (
    <div class="facts-block">
      {blocked && <p class="facts facts-line fact-yamabuki"><Glyph name="info" size={14} />{blocked.reason}</p>}
      {route ? <RouteFacts route={route} customer={customer} /> : <p class="facts facts-line fact-shu">{t(templateRoute(routes, null) ? "desk.templates.only" : "desk.composer.noRoute")}</p>}
      {row?.status === "closed" && <p class="facts facts-line">{t("desk.composer.closed")}</p>}
      {row?.status === "open" && row.answered_by === "bot" && <p class="facts facts-line">{t("desk.composer.botTakes")}</p>}
    </div>
  );
}

interface WordsProps {
  thread: OpenThread;
  text: string;
  note: boolean;
  early: boolean;
  onSend: () => void;
  onCaret: (field: HTMLTextAreaElement) => void;
}

function Words({ thread, text, note, early, onSend, onCaret }: WordsProps) {
  const t = useWords();
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => fit(field.current), [text, note]);
  useEffect(() => {
    const again = () => fit(field.current);
    addEventListener("resize", again);
    return () => removeEventListener("resize", again);
  }, []);
  const placeholder = note ? "desk.composer.notePlaceholder" : early ? "desk.composer.early" : "desk.composer.placeholder";
  return (
    <textarea
      ref={field}
      id="composer-text"
      class="words"
      rows={1}
      value={text}
      aria-label={t(note ? "desk.composer.note" : "desk.composer")}
      placeholder={t(placeholder)}
      onInput={(event) => {
        thread.draft.write(event.currentTarget.value);
        if (!note && event.currentTarget.value) thread.typing();
        onCaret(event.currentTarget);
      }}
      onClick={(event) => onCaret(event.currentTarget)}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || isComposing(event)) return;
        event.preventDefault();
        onSend();
      }}
    />
  );
}

/** Grows with its text from two lines to ten. */
function fit(field: HTMLTextAreaElement | null): void {
  if (!field) return;
  field.style.height = "auto";
  const line = Number.parseFloat(getComputedStyle(field).lineHeight);
  field.style.height = `${Math.min(field.scrollHeight, line * LINES + 8)}px`;
}
