// Keeping saved replies: a list, and one to write or change with the blanks there are.
import { useRef, useState } from "preact/hooks";
import { ApiError } from "../../kit/api";
import { Glyph } from "../icons";
import { Dialog } from "../shell/Dialog";
import { useDesk } from "../state/desk-context";
import { useStore } from "../state/store";
import { useWords, wordOr } from "../words/words";
import type { ReplyBody, SavedReply } from "./replies";
import { EMPTY } from "./reply-empty";

export function RepliesSheet({ text, onClose }: { text: string; onClose: () => void }) {
  const t = useWords();
  const { replies, agent } = useDesk();
  const { replies: all } = useStore(replies.store, (state) => state);
  const [open, setOpen] = useState<SavedReply | "new" | null>(text ? "new" : null);
  const mayShare = agent.role !== "agent";
  return (
    <Dialog title={t("desk.replies")} onClose={onClose}>
      {open === null ? (
        <>
          <button type="button" class="act" onClick={() => setOpen("new")}>
            <Glyph name="plus" size={16} />
            {t("desk.replies.new")}
          </button>
          {all.length === 0 && <p class="quiet">{t("desk.replies.none")}</p>}
          <ul class="terms">
            {all.map((one) => (
              <li key={one.id} class="reply-line">
                <span class="item-lines">
                  <b>{one.title}</b>
                  <span class="quiet reply-text">{one.text}</span>
                </span>
                <span class="chip">{t(one.shared ? "desk.replies.shared" : "desk.replies.own")}</span>
                {(mayShare || !one.shared) && (
                  <button type="button" class="icon-button" aria-label={t("desk.replies.edit", { name: one.title })} onClick={() => setOpen(one)}>
                    <Glyph name="pencil" size={16} />
                  </button>
                )}
              </li>
            ))}
          </ul>
        </>
      ) : (
        <ReplyForm
          known={open === "new" ? null : open}
          first={open === "new" ? { ...EMPTY, text } : open}
          mayShare={mayShare}
          onDone={() => setOpen(null)}
        />
      )}
    </Dialog>
  );
}

interface FormProps {
  known: SavedReply | null;
  first: ReplyBody;
  mayShare: boolean;
  onDone: () => void;
}

export function ReplyForm({ known, first, mayShare, onDone }: FormProps) {
  const t = useWords();
  const { replies } = useDesk();
  const [body, setBody] = useState<ReplyBody>({ title: first.title, shortcut: first.shortcut, language: first.language, text: first.text, shared: first.shared });
  const [fault, setFault] = useState("");
  const set = (change: Partial<ReplyBody>) => setBody({ ...body, ...change });
  const tried = async (work: Promise<void>) => {
    try {
      await work;
      onDone();
    } catch (problem) {
      setFault(problem instanceof ApiError && problem.message ? problem.message : t("desk.act.failed"));
    }
  };
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        void tried(replies.save(known?.id ?? null, body));
      }}
    >
      <label class="form-row">
        {t("desk.replies.title")}
        <input class="field" required maxLength={80} value={body.title} onInput={(event) => set({ title: event.currentTarget.value })} />
      </label>
      <label class="form-row">
        {t("desk.replies.shortcut")}
        <input class="field" maxLength={32} value={body.shortcut} placeholder="/koukan" onInput={(event) => set({ shortcut: event.currentTarget.value })} />
      </label>
      <label class="form-row">
        {t("desk.language")}
        <select class="field" value={body.language ?? ""} onChange={(event) => set({ language: languageIn(event.currentTarget.value) })}>
          <option value="">{t("desk.narrow.any")}</option>
          <option value="ja">{t("desk.lang.ja")}</option>
          <option value="en">{t("desk.lang.en")}</option>
        </select>
      </label>
      <BlankedText text={body.text} onText={(text) => set({ text })} />
      {mayShare && (
        <label class="member">
          <input type="checkbox" checked={body.shared} onChange={(event) => set({ shared: event.currentTarget.checked })} />
          {t("desk.replies.share")}
        </label>
      )}
      {fault && (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
      <p class="trouble-acts">
        <button type="submit" class="act act-main" disabled={!body.title.trim() || !body.text.trim()}>
          {t("desk.saved.keep")}
        </button>
        <button type="button" class="act" onClick={onDone}>
          {t("desk.back.plain")}
        </button>
        {known && (
          <button type="button" class="act act-shu" onClick={() => void tried(replies.drop(known.id))}>
            {t("desk.replies.drop")}
          </button>
        )}
      </p>
    </form>
  );
}

function BlankedText({ text, onText }: { text: string; onText: (text: string) => void }) {
  const t = useWords();
  const { replies } = useDesk();
  const blanks = useStore(replies.store, (state) => state.blanks);
  const field = useRef<HTMLTextAreaElement>(null);
  const put = (name: string) => {
    const at = field.current?.selectionStart ?? text.length;
    onText(`${text.slice(0, at)}{{${name}}}${text.slice(field.current?.selectionEnd ?? at)}`);
    field.current?.focus();
  };
  return (
    <>
      <label class="form-row">
        {t("desk.replies.text")}
        <textarea ref={field} class="field field-tall" required rows={6} maxLength={5000} value={text} onInput={(event) => onText(event.currentTarget.value)} />
      </label>
      <p class="quiet">{t("desk.replies.blanks")}</p>
      <p class="blank-chips">
        {blanks.map((name) => (
          <button key={name} type="button" class="chip chip-line" onClick={() => put(name)}>
            {wordOr(t, `desk.blank.${name}`, name)}
          </button>
        ))}
      </p>
    </>
  );
}

const languageIn = (value: string): "ja" | "en" | null => (value === "ja" || value === "en" ? value : null);
