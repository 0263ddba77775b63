import { useEffect, useMemo } from "preact/hooks";
import { setAccent } from "../../../kit/accent";
import { useValue } from "../../../kit/state";
import { languageOf } from "../../../kit/translate";
import { framed, tell } from "../bridge";
import type { Controller } from "../controller";
import { SheetLayer } from "../shop/SheetLayer";
import { wordsIn, WordsContext } from "../words";
import { Banner } from "./Banner";
import { Composer } from "./Composer";
import { Header } from "./Header";
import { Skeleton, Unreachable } from "./Opening";
import { Thread } from "./Thread";

interface Props {
  controller: Controller;
  again: () => void;
}

export function App({ controller, again }: Props) {
  const state = useValue(controller.panel);
  const { session } = state;
  const { till } = controller;
  const under = useValue(till).sheet !== null;
  const language = languageOf(session?.language ?? document.documentElement.lang);
  const words = useMemo(() => wordsIn(language), [language]);
  useEffect(() => {
    if (!session) return;
    const root = document.documentElement;
    root.lang = language;
    document.title = words.t("panel", { shop: session.shop.name });
    setAccent(root, session.shop.accent, getComputedStyle(root).colorScheme === "dark");
  }, [session, language]);
  useEffect(() => {
    // The top layer only: a sheet first, then the chat.
    const close = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.isComposing) return;
      if (till.get().sheet) till.close();
      else if (framed) tell({ kaiwa: "close" });
    };
    window.addEventListener("keydown", close);
    return () => window.removeEventListener("keydown", close);
  }, []);
  return (
    <WordsContext.Provider value={words}>
      <main class="panel">
        <div class="panel-under" inert={under}>
          <Header state={state} till={till} />
          <Banner state={state} onNow={controller.reconnect} />
          {session ? (
            <Thread state={state} session={session} controller={controller} />
          ) : state.unreachable ? (
            <Unreachable again={again} />
          ) : (
            <Skeleton />
          )}
          {session && <Composer state={state} session={session} controller={controller} />}
        </div>
        {session && <SheetLayer controller={controller} />}
      </main>
    </WordsContext.Provider>
  );
}
