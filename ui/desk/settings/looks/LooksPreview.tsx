// The real chat in a page of its own, given what is chosen now; its words come from the server as a shopper gets them.
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Language } from "../../../kit/types";
import { theme as deskTheme } from "../../account/theme";
import { useStore } from "../../state/store";
import { useLanguage, useWords } from "../../words/words";
import { useSettled } from "../faq/settled";
import { Segments } from "../parts/Pick";
import { type Draft, type Kept, LANGUAGES, type Openings, previewOf, tryLooks } from "./looks";

/** What a window of that kind shows, in pixels of its own. */
const SIZES = { wide: [1120, 780], phone: [390, 700] } as const;

interface PreviewProps {
  draft: Draft;
  kept: Kept;
}

export function LooksPreview({ draft, kept }: PreviewProps) {
  const t = useWords();
  const own = useLanguage();
  const [language, setLanguage] = useState<Language>(own);
  const [width, setWidth] = useState<"wide" | "phone">("wide");
  const [state, setState] = useState<"open" | "closed">("open");
  const openings = useOpenings(draft, kept);
  const frame = useRef<HTMLIFrameElement>(null);
  const stage = useRef<HTMLDivElement>(null);
  useScaled(stage, SIZES[width]);
  // Whose device decides is shown it as the desk is now: here the agent is the shopper.
  const here = useStore(deskTheme, (state) => state.theme);
  const theme = draft.looks.theme === "system" ? here : draft.looks.theme;
  const session = previewOf({ ...draft, looks: { ...draft.looks, theme } }, kept, openings, language);
  const said = JSON.stringify([session, state]);
  const tell = () => frame.current?.contentWindow?.postMessage({ preview: session, open: state === "open" }, location.origin);
  useEffect(() => {
    const hear = (event: MessageEvent) => {
      if (event.source === frame.current?.contentWindow && event.data?.preview === "ready") tell();
    };
    addEventListener("message", hear);
    tell();
    return () => removeEventListener("message", hear);
  }, [said]);
  const key = kept.inboxes[0]?.key;
  return (
    <section class="part" aria-label={t("looks.preview")}>
      <div class="part-head">
        <h2>{t("looks.preview")}</h2>
        <span class="beside">
          <Segments label={t("settings.language")} value={language} options={LANGUAGES} words={(one) => t(`voice.language.${one}`)} onValue={setLanguage} />
          <Segments label={t("looks.state")} value={state} options={["open", "closed"]} words={(one) => t(`looks.state.${one}`)} onValue={setState} />
          <Segments label={t("looks.width")} value={width} options={["wide", "phone"]} words={(one) => t(`looks.width.${one}`)} onValue={setWidth} />
        </span>
      </div>
      {key ? (
        // The theme of the panel is fixed when its page opens: another one is another page. It is looked at, not
        // used: a chat that opens would take the focus from what is being chosen.
        <div ref={stage} class={width === "phone" ? "looks-window looks-phone" : "looks-window"}>
          <iframe key={`${theme} ${language}`} ref={frame} inert title={t("looks.preview")} src={`/desk/preview#${encodeURIComponent(key)}`} />
        </div>
      ) : (
        <p class="quiet">{t("looks.noChat")}</p>
      )}
    </section>
  );
}

/** The page keeps its own size and is drawn as large as there is room, never larger. */
function useScaled(stage: { current: HTMLDivElement | null }, [width, height]: readonly [number, number]): void {
  useLayoutEffect(() => {
    const box = stage.current;
    const around = box?.parentElement;
    if (!box || !around) return;
    const draw = () => {
      const room = around.clientWidth - 2 * Number.parseFloat(getComputedStyle(around).paddingLeft);
      const scale = Math.min(1, room / width);
      const page = box.firstElementChild as HTMLElement;
      page.style.width = `${width}px`;
      page.style.height = `${height}px`;
      page.style.transform = `scale(${scale})`;
      box.style.width = `${width * scale}px`;
      box.style.height = `${height * scale}px`;
    };
    draw();
    const watch = new ResizeObserver(draw);
    watch.observe(around);
    return () => watch.disconnect();
  });
}

/** The words as they would be; while the server is asked, and where it refuses, those of before. */
function useOpenings(draft: Draft, kept: Kept): Openings {
  const [openings, setOpenings] = useState(kept.openings);
  const wanted = useSettled(JSON.stringify([draft.greeting, draft.replies]), 300);
  useEffect(() => {
    let stale = false;
    tryLooks(draft).then(
      (answer) => !stale && setOpenings(answer.openings),
      () => undefined,
    );
    return () => {
      stale = true;
    };
  }, [wanted]);
  return openings;
}
