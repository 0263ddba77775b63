// The shop's forms: a line each, opened to be written.
import { useState } from "preact/hooks";
import { Glyph } from "../../icons";
import { useLanguage, useWords } from "../../words/words";
import { Loaded, useKnown } from "../parts/Loaded";
import { Part } from "../parts/Parts";
import { FormEditor } from "./FormEditor";
import { FlowsPart } from "./FlowsPart";
import { allForms, type FlowInbox, type ShopForm } from "./forms";

export function FormsPage() {
  const known = useKnown(allForms);
  return <Loaded known={known}>{({ forms, flow_inboxes }) => <Forms forms={forms} inboxes={flow_inboxes} again={known.load} />}</Loaded>;
}

interface FormsProps {
  forms: readonly ShopForm[];
  inboxes: readonly FlowInbox[];
  again: () => void;
}

function Forms({ forms, inboxes, again }: FormsProps) {
  const t = useWords();
  const language = useLanguage();
  const [open, setOpen] = useState<number | "new" | null>(null);
  const done = () => {
    setOpen(null);
    again();
  };
  return (
    <main class="settings-page">
      <Part
        title={t("form.title")}
        lead={t("form.lead")}
        end={
          <button type="button" class="act act-main" onClick={() => setOpen("new")}>
            <Glyph name="plus" size={16} />
            {t("form.new")}
          </button>
        }
      >
        {open === "new" && <FormEditor known={null} onDone={done} onLeave={() => setOpen(null)} />}
        {forms.length === 0 && open === null && <p class="quiet">{t("form.none")}</p>}
        <ul class="lines">
          {forms.map((one) => {
            const name = one.title[language] || one.title.ja || one.title.en;
            if (open === one.id)
              return (
                <li key={one.id}>
                  <FormEditor known={one} onDone={done} onLeave={() => setOpen(null)} />
                  {inboxes.length > 0 && <FlowsPart form={one} inboxes={inboxes} onKept={again} />}
                </li>
              );
            return (
              <li key={one.id} class="line">
                <span class="line-words">
                  <b>{name}</b>
                  <span class="quiet">{t("form.count", { n: one.questions.length })}</span>
                </span>
                <span class="line-acts">
                  <button type="button" class="icon-button" aria-label={t("form.edit", { name })} onClick={() => setOpen(one.id)}>
                    <Glyph name="pencil" size={16} />
                  </button>
                </span>
              </li>
            );
          })}
        </ul>
      </Part>
    </main>
  );
}
