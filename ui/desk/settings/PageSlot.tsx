// Where a page stands: its shape while it loads, a way to try again, or who can open it.
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Glyph } from "../icons";
import { useWords } from "../words/words";
import { Bones } from "./parts/Loaded";
import type { Entry } from "./nav";
import { linkTo } from "./place";

export function PageSlot({ entry, allowed }: { entry: Entry | null; allowed: boolean }) {
  const t = useWords();
  const [page, setPage] = useState<{ part: ComponentType } | null>(null);
  const [failed, setFailed] = useState(false);
  const load = () => {
    setFailed(false);
    if (entry && allowed)
      entry.load().then(
        (part) => setPage({ part }),
        () => setFailed(true),
      );
  };
  useEffect(load, [entry, allowed]);
  if (!entry || !allowed) return <Closed words={t(entry ? "settings.notYours" : "settings.noPage")} />;
  if (failed)
    return (
      <main class="middle">
        <p role="alert">{t("voice.unreachable")}</p>
        <button type="button" class="button button-line" onClick={load}>
          {t("desk.again")}
        </button>
      </main>
    );
  if (!page) return <Bones />;
  const Page = page.part;
  return <Page />;
}

function Closed({ words }: { words: string }) {
  const t = useWords();
  return (
    <main class="rest">
      <span class="rest-mark" aria-hidden="true">
        <Glyph name="lock" size={24} />
      </span>
      <p class="rest-title" role="alert">
        {words}
      </p>
      <a class="link" {...linkTo(null)}>
        {t("settings.toPages")}
      </a>
    </main>
  );
}
