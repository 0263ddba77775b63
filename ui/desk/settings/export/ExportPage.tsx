// The shop's data out: the browser saves what the server streams.
import { useState } from "preact/hooks";
import { Glyph } from "../../icons";
import { useWords } from "../../words/words";
import { Part } from "../parts/Parts";
import { Segments } from "../parts/Pick";

const KINDS = ["messages", "orders", "customers", "events"] as const;
const FORMS = ["csv", "jsonl"] as const;

export function ExportPage() {
  const t = useWords();
  const [form, setForm] = useState<(typeof FORMS)[number]>("csv");
  return (
    <main class="settings-page">
      <Part title={t("settings.export")} lead={t("export.lead")}>
        <Segments label={t("export.form")} value={form} options={FORMS} words={(one) => t(`export.form.${one}`)} onValue={setForm} />
        <ul class="lines">
          {KINDS.map((kind) => (
            <li key={kind} class="line">
              <span class="line-words">
                <b>{t(`export.${kind}`)}</b>
                <span class="quiet">{t(`export.${kind}.what`)}</span>
              </span>
              <a class="act" href={`/api/export?what=${kind}&form=${form}`} download aria-label={t("export.saveOf", { what: t(`export.${kind}`) })}>
                <Glyph name="down" size={14} />
                {t("export.save")}
              </a>
            </li>
          ))}
        </ul>
        <p class="quiet">{t("export.told")}</p>
      </Part>
    </main>
  );
}
