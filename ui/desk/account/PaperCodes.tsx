// The recovery codes, this once: copied or kept as a file, then gone from the screen.
import { Glyph } from "../icons";
import { Copied } from "../settings/parts/Parts";
import { useWords } from "../words/words";

export function PaperCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const t = useWords();
  return (
    <section class="notice notice-well" aria-label={t("factor.paper")}>
      <Glyph name="lock" size={16} />
      <div class="notice-words">
        <b role="status">{t("factor.paper.once")}</b>
        <span>{t("factor.paper.lead")}</span>
        <Copied label={t("factor.paper")} text={codes.join("\n")} lines={codes.length} />
        <button type="button" class="button button-main" onClick={onDone}>
          {t("factor.paper.kept")}
        </button>
      </div>
    </section>
  );
}
