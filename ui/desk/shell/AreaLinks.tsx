// The desk's other areas below the views: how it stands now, for those who lead, and the settings.
import { Glyph, type GlyphName } from "../icons";
import { linkTo } from "../settings/place";
import { useDesk } from "../state/desk-context";
import { openPage } from "../state/pages";
import { isPlainPress } from "../state/route";
import { useWords } from "../words/words";

export function AreaLinks() {
  const t = useWords();
  const { agent } = useDesk();
  const toBoard = (event: MouseEvent) => {
    if (!isPlainPress(event)) return;
    event.preventDefault();
    openPage("wallboard");
  };
  return (
    <ul class="areas">
      {agent.role !== "agent" && <Area glyph="device" words={t("board.open")} href="/desk/wallboard" onClick={toBoard} />}
      <Area glyph="gear" words={t("settings.title")} {...linkTo(null)} />
    </ul>
  );
}

function Area({ glyph, words, ...link }: { glyph: GlyphName; words: string; href: string; onClick: (event: MouseEvent) => void }) {
  return (
    <li>
      <a class="area-link" title={words} {...link}>
        <Glyph name={glyph} size={16} />
        <span class="area-words">{words}</span>
      </a>
    </li>
  );
}
