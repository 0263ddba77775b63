// The way into the settings.
import { Glyph } from "../icons";
import { useWords } from "../words/words";
import { openSettings } from "./place";

export function SettingsEntry() {
  const t = useWords();
  return (
    <button type="button" class="item" onClick={() => openSettings()}>
      <Glyph name="gear" size={16} />
      {t("settings.title")}
    </button>
  );
}
