// The frame of the settings: the pages at the left, the open one beside them; on a phone one after the other.
import { useEffect, useRef } from "preact/hooks";
import { Glyph } from "../icons";
import { PHONE, useMedia } from "../shell/media";
import { useDesk } from "../state/desk-context";
import { useStore } from "../state/store";
import { useWords } from "../words/words";
import { PageSlot } from "./PageSlot";
import { type Entry, mayOpen, PAGES } from "./nav";
import { closeSettings, linkTo, settingsPlace } from "./place";
import "./settings.css";
import "./pages.css";

export function SettingsShell() {
  const t = useWords();
  const { agent } = useDesk();
  const page = useStore(settingsPlace, (place) => place.page);
  const phone = useMedia(PHONE);
  const entry = PAGES.find((one) => one.page === page);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${t(entry?.word ?? "settings.title")} · ${agent.merchant.name}`;
    heading.current?.focus();
  }, [entry, t, agent]);
  const pages = PAGES.filter((one) => mayOpen(one, agent));
  const showNav = !phone || page === null;
  return (
    <div class={showNav && !phone ? "settings settings-wide" : "settings"}>
      <header class="settings-head">
        {phone && page !== null ? (
          <a class="act act-bare" {...linkTo(null)}>
            <Glyph name="left" size={16} />
            {t("settings.title")}
          </a>
        ) : (
          <button type="button" class="act act-bare" onClick={closeSettings}>
            <Glyph name="left" size={16} />
            {t("voice.back")}
          </button>
        )}
        <h1 ref={heading} tabIndex={-1}>
          {t(entry?.word ?? "settings.title")}
        </h1>
      </header>
      <div class="settings-columns">
        {showNav && <Pages pages={pages} current={page} />}
        {page === null ? !phone && <Welcome /> : <PageSlot key={page} entry={entry ?? null} allowed={!!entry && mayOpen(entry, agent)} />}
      </div>
    </div>
  );
}

function Pages({ pages, current }: { pages: readonly Entry[]; current: string | null }) {
  const t = useWords();
  return (
    <nav class="settings-nav" aria-label={t("settings.title")}>
      <ul>
        {pages.map((one) => (
          <li key={one.page}>
            <a class="settings-link" aria-current={one.page === current ? "page" : undefined} {...linkTo(one.page)}>
              <Glyph name={one.glyph} size={16} />
              {t(one.word)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Welcome() {
  const t = useWords();
  return (
    <main class="rest">
      <p class="rest-title">{t("settings.title")}</p>
      <p class="quiet">{t("settings.choose")}</p>
    </main>
  );
}
