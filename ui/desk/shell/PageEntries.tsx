// The ways to the pages of those who lead: the wallboard, and how conversations are given out.
import { Glyph } from "../icons";
import { useDesk } from "../state/desk-context";
import { openSettings } from "../settings/place";
import { openPage } from "../state/pages";
import { useWords } from "../words/words";

export function PageEntries() {
  const t = useWords();
  const { agent } = useDesk();
  if (agent.role === "agent") return null;
  return (
    <>
      <button type="button" class="item" onClick={() => openSettings("routing")}>
        <Glyph name="swap" size={16} />
        {t("routing.open")}
      </button>
      <button type="button" class="item" onClick={() => openPage("wallboard")}>
        <Glyph name="device" size={16} />
        {t("board.open")}
      </button>
    </>
  );
}
