// The way into the settings, for those who may change them.
import { Glyph } from "../icons";
import { useDesk } from "../state/desk-context";
import { useWords } from "../words/words";
import { openSettings } from "./place";

export function SettingsEntry() {
  const t = useWords();
  const { agent } = useDesk();
  if (agent.role === "agent") return null;
  return (
    <button type="button" class="item" onClick={openSettings}>
      <Glyph name="pencil" size={16} />
      {t("voice.open")}
    </button>
  );
}
