// The shop's questions and answers: found by words, language and tag; written by those who teach the bot.
import { useState } from "preact/hooks";
import type { Language } from "../../../kit/types";
import { Glyph } from "../../icons";
import { useDesk } from "../../state/desk-context";
import { useLanguage, useWords } from "../../words/words";
import { useAct } from "../parts/act";
import { Loaded, useKnown } from "../parts/Loaded";
import { Fault, Part } from "../parts/Parts";
import { linkTo } from "../place";
import { EntryForm } from "./EntryForm";
import { type Asked, type FaqEntry, type FaqPage as Page, findFaq } from "./faq";
import { useSettled } from "./settled";

const ALL: Asked = { q: "", language: "", tag: "" };

export function FaqPage() {
  const [asked, setAsked] = useState<Asked>(ALL);
  const [round, setRound] = useState(0);
  const settled = useSettled(asked, 250);
  const known = useKnown<Page>(() => findFaq(settled, null), `${JSON.stringify(settled)} ${round}`);
  return (
    <Loaded known={known}>
      {(page) => <Entries page={page} set={known.set} asked={asked} onAsked={setAsked} again={() => setRound((n) => n + 1)} fault={known.fault} />}
    </Loaded>
  );
}

interface EntriesProps {
  page: Page;
  set: (page: Page) => void;
  asked: Asked;
  onAsked: (asked: Asked) => void;
  again: () => void;
  fault: string | null;
}

function Entries({ page, set, asked, onAsked, again, fault }: EntriesProps) {
  const t = useWords();
  const own = useLanguage();
  const { agent } = useDesk();
  const may = agent.role !== "agent";
  const [open, setOpen] = useState<number | "new" | null>(null);
  const more = useAct();
  const kept = () => {
    setOpen(null);
    again();
  };
  const loadMore = () =>
    more.run(async () => {
      const next = await findFaq(asked, page.next);
      set({ ...next, faq: [...page.faq, ...next.faq] });
    });
  return (
    <main class="settings-page">
      <Part
        title={t("settings.faq")}
        lead={t("faq.lead", { n: page.total })}
        end={
          may && (
            <span class="beside">
              <a class="link" {...linkTo("unanswered")}>
                {t("settings.unanswered")}
              </a>
              <button type="button" class="act act-main" onClick={() => setOpen("new")}>
                <Glyph name="plus" size={16} />
                {t("faq.new")}
              </button>
            </span>
          )
        }
      >
        {open === "new" && <EntryForm known={null} language={own} onKept={kept} onLeave={() => setOpen(null)} />}
        <Find page={page} asked={asked} onAsked={onAsked} />
        <Fault words={fault} />
        <p class="unseen" role="status">
          {t("faq.found", { n: page.found })}
        </p>
        {page.total === 0 && <p class="quiet">{t("faq.none")}</p>}
        {page.total > 0 && page.found === 0 && <p class="quiet">{t("settings.nothingFound")}</p>}
        <ul class="lines">
          {page.faq.map((one) => (
            <li key={one.id} class="line">
              {open === one.id ? (
                <EntryForm known={one} language={own} onKept={kept} onLeave={() => setOpen(null)} />
              ) : (
                <Line entry={one} onEdit={may ? () => setOpen(one.id) : null} />
              )}
            </li>
          ))}
        </ul>
        {page.next !== null && (
          <button type="button" class="act" disabled={more.busy} onClick={() => void loadMore()}>
            {t("faq.more")}
          </button>
        )}
        <Fault words={more.fault} />
      </Part>
    </main>
  );
}

function Find({ page, asked, onAsked }: { page: Page; asked: Asked; onAsked: (asked: Asked) => void }) {
  const t = useWords();
  return (
    <form class="found" role="search" onSubmit={(event) => event.preventDefault()}>
      <input class="input" type="search" aria-label={t("faq.find")} placeholder={t("faq.find")} maxLength={200} value={asked.q} onInput={(event) => onAsked({ ...asked, q: event.currentTarget.value })} />
      <select class="input" aria-label={t("settings.language")} value={asked.language} onChange={(event) => onAsked({ ...asked, language: event.currentTarget.value as Language | "" })}>
        <option value="">{t("faq.anyLanguage")}</option>
        <option value="ja">{t("voice.language.ja")}</option>
        <option value="en">{t("voice.language.en")}</option>
      </select>
      {page.tags.length > 0 && (
        <select class="input" aria-label={t("faq.tags")} value={asked.tag} onChange={(event) => onAsked({ ...asked, tag: event.currentTarget.value })}>
          <option value="">{t("faq.anyTag")}</option>
          {page.tags.map((tag) => (
            <option key={tag} value={tag}>
              {tag}
            </option>
          ))}
        </select>
      )}
    </form>
  );
}

function Line({ entry, onEdit }: { entry: FaqEntry; onEdit: (() => void) | null }) {
  const t = useWords();
  return (
    <>
      <span class="line-words" lang={entry.language}>
        <b>{entry.question}</b>
        <span class="quiet answer-text">{entry.answer}</span>
      </span>
      <span class="line-acts">
        {entry.tags.map((tag) => (
          <span key={tag} class="chip">
            {tag}
          </span>
        ))}
        <span class="chip">{t(`voice.language.${entry.language}`)}</span>
        {onEdit && (
          <button type="button" class="icon-button" aria-label={t("faq.edit", { question: entry.question })} onClick={onEdit}>
            <Glyph name="pencil" size={16} />
          </button>
        )}
      </span>
    </>
  );
}
