// No conversation is open: either there is nothing to do, and useful next things follow, or one is to be chosen.
import { Glyph } from "../icons";
import { useDesk } from "../state/desk-context";
import { go } from "../state/route";
import { useStore } from "../state/store";
import type { View } from "../wire";
import { useWords } from "../words/words";

export function NothingOpen() {
  const t = useWords();
  const { inbox } = useDesk();
  const { shown, counts, view, phase } = useStore(inbox.store, (state) => state);
  if (phase !== "ready") return <div class="rest" />;
  if (shown.length > 0)
    return (
      <div class="rest">
        <Glyph name="chat" size={24} class="rest-mark" />
        <h1 class="rest-title">{t("desk.choose.title")}</h1>
        <p class="quiet fine-only">{t("desk.choose.text", { key: "J" })}</p>
      </div>
    );
  const next = (["unassigned", "mine", "open"] as const).filter((one) => one !== view && (counts[one] ?? 0) > 0);
  return (
    <div class="rest">
      <Kettle />
      <h1 class="rest-title">{t("desk.rest.title")}</h1>
      <p class="quiet">{t(view === "open" ? "desk.rest.text" : `desk.empty.${view}`)}</p>
      {next.length > 0 && (
        <ul class="rest-next">
          {next.map((one) => (
            <NextThing key={one} view={one} count={counts[one] ?? 0} />
          ))}
        </ul>
      )}
    </div>
  );
}

function NextThing({ view, count }: { view: View & ("unassigned" | "mine" | "open"); count: number }) {
  const t = useWords();
  return (
    <li>
      <button type="button" onClick={() => go({ view })}>
        <Glyph name={view === "open" ? "inbox" : view} />
        <span>{t(`desk.rest.${view}`)}</span>
        <span class="figures quiet">{t("desk.rest.count", { n: count })}</span>
        <Glyph name="right" size={16} />
      </button>
    </li>
  );
}

function Kettle() {
  return (
    <svg class="kettle" viewBox="0 0 120 120" aria-hidden="true">
      <ellipse class="kettle-shade" cx="62" cy="108" rx="38" ry="5" />
      <path class="kettle-body" d="M26 74c0-22 14-32 36-32s36 10 36 32-12 34-26 34H52c-14 0-26-12-26-34z" />
      <path class="kettle-body" d="M30 66 10 50l6-7 24 12zM54 32h16v10H54z" />
      <path class="kettle-handle" d="M34 48c2-26 14-36 28-36s26 10 28 36" />
    </svg>
  );
}
