// What the customer can be asked: one of the shop's forms, as a card beside the words, or how it was, at once.
import { useEffect, useState } from "preact/hooks";
import { ApiError } from "../../kit/api";
import { Glyph } from "../icons";
import { Popover } from "../shell/Popover";
import { get, post } from "../state/api";
import type { OpenThread } from "../state/open-thread";
import { useLanguage, useWords } from "../words/words";
import type { ShopForm } from "../settings/forms/forms";
import { withCards } from "./cards";

export function AskMenu({ thread }: { thread: OpenThread }) {
  const t = useWords();
  const [told, setTold] = useState("");
  const rate = async () => {
    setTold("");
    try {
      await post(`/api/conversations/${thread.conversation.id}/rating`);
      setTold(t("ask.ratingAsked"));
    } catch (problem) {
      setTold(problem instanceof ApiError && problem.message ? problem.message : t("desk.act.failed"));
    }
  };
  return (
    <>
      <Popover
        label={t("ask.menu")}
        side="above"
        buttonClass="tool"
        named
        button={
          <>
            <Glyph name="note" size={16} />
            <span class="tool-words">{t("ask.menu")}</span>
          </>
        }
      >
        {(close) => (
          <div class="item-scroll">
            <Forms thread={thread} close={close} />
            <button type="button" role="menuitem" class="item" onClick={() => (close(), void rate())}>
              <Glyph name="heart" size={16} />
              {t("ask.rating")}
            </button>
          </div>
        )}
      </Popover>
      <span class="quiet ask-told" role="status">
        {told}
      </span>
    </>
  );
}

function Forms({ thread, close }: { thread: OpenThread; close: () => void }) {
  const t = useWords();
  const language = useLanguage();
  const [forms, setForms] = useState<readonly ShopForm[] | "failed" | null>(null);
  useEffect(() => {
    get("/api/forms").then(
      (answer) => setForms(answer.forms),
      () => setForms("failed"),
    );
  }, []);
  if (forms === null) return <p class="item-none" role="status">{t("desk.cards.loading")}</p>;
  if (forms === "failed") return <p class="item-none" role="alert">{t("desk.act.failed")}</p>;
  if (forms.length === 0) return <p class="item-none">{t("ask.noForms")}</p>;
  const choose = (one: ShopForm, label: string) => {
    close();
    const card = { card: { type: "form" as const, form: one.id }, label, detail: t("form.count", { n: one.questions.length }) };
    thread.draft.store.set({ cards: withCards(thread.draft.store.get().cards, [card]) });
  };
  return (
    <>
      {forms.map((one) => {
        const label = one.title[language] || one.title.ja || one.title.en;
        return (
          <button key={one.id} type="button" role="menuitem" class="item item-tall" onClick={() => choose(one, label)}>
            <Glyph name="note" size={16} />
            <span class="item-lines">
              <b>{label}</b>
              <span class="quiet">{t("form.count", { n: one.questions.length })}</span>
            </span>
          </button>
        );
      })}
    </>
  );
}
