// The shop as a whole, on a supervisor's screen or on a wall: who waits, who answers, where to step in.
import { useEffect, useRef } from "preact/hooks";
import { Glyph } from "../icons";
import { WhisperBar } from "../staff/WhisperBar";
import { useDesk } from "../state/desk-context";
import { closePage } from "../state/pages";
import { useStore } from "../state/store";
import { hour, useNow } from "../words/time";
import { useLanguage, useWords } from "../words/words";
import { AgentTable } from "./AgentTable";
import { ChannelTable } from "./ChannelTable";
import { Pressing } from "./Pressing";
import { Tiles } from "./Tiles";
import "./wallboard.css";

export function WallboardPage() {
  const t = useWords();
  const { agent, board } = useDesk();
  const phase = useStore(board.store, (state) => state.phase);
  const page = useRef<HTMLDivElement>(null);
  useEffect(() => board.watch(), [board]);
  useEffect(() => {
    document.title = `${t("board.title")} · ${agent.merchant.name}`;
  }, [t, agent]);
  return (
    <div class="wallboard" ref={page}>
      <header class="settings-head">
        <button type="button" class="act act-bare" onClick={closePage}>
          <Glyph name="left" size={16} />
          <span class="board-back">{t("board.back")}</span>
        </button>
        <h1>{t("board.title")}</h1>
        {phase === "ready" && <Freshness />}
        <button type="button" class="act board-full" onClick={() => void turnFull(page.current)}>
          <Glyph name="device" size={16} />
          {t("board.full")}
        </button>
      </header>
      <WhisperBar />
      {phase === "failed" && (
        <main class="middle">
          <p role="alert">{t("board.failed")}</p>
          <button type="button" class="button button-line" onClick={() => void board.load()}>
            {t("desk.again")}
          </button>
        </main>
      )}
      {phase === "loading" && <Bones />}
      {phase === "ready" && (
        <main class="board" tabIndex={0} aria-label={t("board.title")}>
          <Tiles />
          <div class="board-halves">
            <Pressing />
            <div class="board-side">
              <ChannelTable />
            </div>
          </div>
          <AgentTable />
        </main>
      )}
    </div>
  );
}

/** A wall tells no lies: when the line is cut it says of when its numbers are. */
function Freshness() {
  const t = useWords();
  const language = useLanguage();
  const { line } = useDesk();
  const { state, heardAt } = useStore(line, (one) => one);
  const now = useNow(10_000);
  const live = state.kind === "live";
  const time = hour(new Date(live ? now : heardAt).toISOString(), language);
  return (
    <p class={live ? "board-fresh board-live figures" : "board-fresh board-stale figures"} role="status">
      <span class={live ? "dot dot-matsu" : "dot dot-yamabuki"} />
      {t(live ? "board.updated" : "board.stale", { time })}
    </p>
  );
}

async function turnFull(page: HTMLElement | null): Promise<void> {
  if (document.fullscreenElement) await document.exitFullscreen();
  else await page?.requestFullscreen?.().catch(() => undefined);
}

function Bones() {
  const t = useWords();
  return (
    <main class="board" aria-busy="true" aria-label={t("desk.checking")}>
      {["a", "b", "c"].map((one) => (
        <span key={one} class="bone settings-bone" />
      ))}
    </main>
  );
}
