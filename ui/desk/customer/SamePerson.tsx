// A line when somebody may be the same person, never a dialog by itself; the sheet says why and what would change.
import { useEffect, useState } from "preact/hooks";
import { ApiError } from "../../kit/api";
import { Glyph } from "../icons";
import { ChannelMark } from "../marks";
import { Dialog } from "../shell/Dialog";
import type { OpenThread } from "../state/open-thread";
import { useStore } from "../state/store";
import type { Customer } from "../wire";
import { shortDate } from "../words/time";
import { nameOf, useLanguage, useWords } from "../words/words";
import type { Candidate, PastMerge } from "./people";

export function SamePerson({ thread, customer }: { thread: OpenThread; customer: Customer }) {
  const t = useWords();
  const [open, setOpen] = useState(false);
  const { candidates, merges } = useStore(thread.people.store, (state) => state);
  useEffect(() => void thread.people.load(), [thread, customer.id, customer.addresses.length]);
  const likely = candidates.length > 0;
  return (
    <>
      <button type="button" id="act-same" class={likely ? "same same-likely" : "same"} onClick={() => setOpen(true)}>
        <Glyph name="merge" size={14} />
        {likely ? t("desk.same.maybe", { n: candidates[0]?.signs.length ?? 0 }) : t("desk.same.open")}
        {merges.length > 0 && <span class="quiet figures">{t("desk.same.history", { n: merges.length })}</span>}
      </button>
      {open && <SameSheet thread={thread} customer={customer} onClose={() => setOpen(false)} />}
    </>
  );
}

function SameSheet({ thread, customer, onClose }: { thread: OpenThread; customer: Customer; onClose: () => void }) {
  const t = useWords();
  const { candidates } = useStore(thread.people.store, (state) => state);
  const [found, setFound] = useState<readonly Candidate[] | null>(null);
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<Candidate | null>(null);
  const [fault, setFault] = useState("");
  const tried = async (work: Promise<unknown>) => {
    setFault("");
    try {
      await work;
      await thread.load();
      return true;
    } catch (problem) {
      setFault(problem instanceof ApiError && problem.message ? problem.message : t("desk.act.failed"));
      return false;
    }
  };
  const shown = found ?? candidates;
  return (
    <Dialog title={t("desk.same.title", { name: nameOf(t, customer) })} onClose={onClose}>
      {fault && (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
      <form
        class="item-form"
        onSubmit={(event) => {
          event.preventDefault();
          void tried(thread.people.called(name.trim()).then(setFound));
        }}
      >
        <input class="field" maxLength={100} value={name} aria-label={t("desk.same.name")} placeholder={t("desk.same.name")} onInput={(event) => setName(event.currentTarget.value)} />
        <button type="submit" class="act" disabled={name.trim().length < 2}>
          {t("desk.search")}
        </button>
      </form>
      {shown.length === 0 && <p class="quiet">{t("desk.same.none")}</p>}
      <ul class="terms">
        {shown.map((one) => (
          <Line key={one.customer.id} one={one} picked={chosen?.customer.id === one.customer.id} onPick={() => setChosen(one)} />
        ))}
      </ul>
      {chosen && (
        <MergeForm
          other={nameOf(t, chosen.customer)}
          onMerge={async (words) => {
            if (await tried(thread.people.merge(customer.id, chosen.customer.id, words))) setChosen(null);
          }}
        />
      )}
      <History thread={thread} tried={tried} />
    </Dialog>
  );
}

function Line({ one, picked, onPick }: { one: Candidate; picked: boolean; onPick: () => void }) {
  const t = useWords();
  return (
    <li>
      <label class={picked ? "product product-picked" : "product"}>
        <input type="radio" name="same" checked={picked} onChange={onPick} />
        <span class="product-words">
          <b>{nameOf(t, one.customer)}</b>
          <span class="same-addresses">
            {one.addresses.map((where, index) => (
              <span key={index}>
                <ChannelMark channel={where.channel} /> {where.channel === "web_chat" ? t("desk.customer.browser") : where.label}
              </span>
            ))}
          </span>
        </span>
        <span class="labels">
          {one.signs.map((sign) => (
            <span key={sign} class={sign === "name" ? "chip" : "chip chip-matsu"}>
              {t(sign === "name" ? "desk.same.name.sign" : `desk.same.${sign}`)}
            </span>
          ))}
        </span>
      </label>
    </li>
  );
}

function MergeForm({ other, onMerge }: { other: string; onMerge: (words: string) => Promise<void> }) {
  const t = useWords();
  const [words, setWords] = useState("");
  const [busy, setBusy] = useState(false);
  return (
    <form
      class="form"
      onSubmit={async (event) => {
        event.preventDefault();
        if (busy || !words.trim()) return;
        setBusy(true);
        await onMerge(words);
        setBusy(false);
      }}
    >
      <p class="notice">{t("desk.same.changes", { name: other })}</p>
      <label class="form-row">
        {t("desk.same.why")}
        <input class="field" required maxLength={200} value={words} onInput={(event) => setWords(event.currentTarget.value)} />
      </label>
      <button type="submit" class="act act-main" disabled={busy || !words.trim()}>
        {t(busy ? "desk.orders.busy" : "desk.same.merge")}
      </button>
    </form>
  );
}

/** What would move is said before it does. */
function Undo({ one, onAsk, onUndo }: { one: PastMerge; onAsk: () => Promise<void>; onUndo: () => Promise<unknown> }) {
  const t = useWords();
  const [asks, setAsks] = useState(false);
  const [busy, setBusy] = useState(false);
  const back = one.goes_back;
  if (!asks || !back)
    return (
      <button type="button" class="act" onClick={() => void onAsk().then(() => setAsks(true))}>
        {t("desk.same.undo")}
      </button>
    );
  const name = nameOf(t, one.customer);
  return (
    <div class="form" role="group" aria-label={t("desk.same.undo")}>
      <p class="notice">
        {t("desk.same.goesBack", { name, addresses: t("desk.same.goesBack.addresses", { n: back.addresses }), conversations: t("desk.same.goesBack.conversations", { n: back.conversations }) })}
        {back.messages > 0 && ` ${t("desk.same.goesBack.messages", { n: back.messages })}`}
      </p>
      <p class="trouble-acts">
        <button
          type="button"
          class="act act-main"
          disabled={busy}
          onClick={async () => {
            setBusy(true);
            await onUndo();
            setBusy(false);
          }}
        >
          {t(busy ? "desk.orders.busy" : "desk.same.undo.sure")}
        </button>
        <button type="button" class="act" onClick={() => setAsks(false)}>
          {t("desk.same.undo.keep")}
        </button>
      </p>
    </div>
  );
}

function History({ thread, tried }: { thread: OpenThread; tried: (work: Promise<unknown>) => Promise<boolean> }) {
  const t = useWords();
  const language = useLanguage();
  const { merges } = useStore(thread.people.store, (state) => state);
  if (merges.length === 0) return null;
  return (
    <>
      <h3 class="section-title">{t("desk.same.past")}</h3>
      <ul class="terms">
        {merges.map((one) => (
          <li key={one.id} class="reply-line">
            <span class="item-lines">
              <b>{nameOf(t, one.customer)}</b>
              <span class="quiet">{[one.words, one.by, shortDate(one.at, language)].filter(Boolean).join(" · ")}</span>
            </span>
            {one.undone_at ? (
              <span class="chip">{t("desk.same.undone")}</span>
            ) : (
              <Undo one={one} onAsk={() => thread.people.load()} onUndo={() => tried(thread.people.undo(one.id))} />
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
