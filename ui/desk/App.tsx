// Log-in or desk. A desk lives as long as one agent is logged in.
import { useEffect, useMemo } from "preact/hooks";
import { FactorFirst } from "./account/FactorFirst";
import { Join } from "./account/Join";
import { LogIn } from "./account/LogIn";
import { checkSession, session } from "./account/session";
import { Over } from "./palette/Over";
import { SettingsShell } from "./settings/SettingsShell";
import { settingsPlace } from "./settings/place";
import { Shell } from "./shell/Shell";
import { Desk } from "./state/desk";
import { DeskContext } from "./state/desk-context";
import { pages } from "./state/pages";
import { useStore } from "./state/store";
import { WallboardPage } from "./supervision/WallboardPage";
import type { Agent } from "./wire";
import { useWords } from "./words/words";

export function App() {
  const { phase, agent } = useStore(session, (state) => state);
  // Whoever is logged in here may be another one than the link is for.
  if (location.pathname === "/desk/join" && location.hash.length > 1) return <Join token={location.hash.slice(1)} />;
  if (phase === "in" && agent) return <LoggedIn key={agent.id} agent={agent} />;
  if (phase === "held" && agent) return <FactorFirst agent={agent} />;
  if (phase === "checking") return <Opening />;
  return phase === "unreachable" ? <Unreachable /> : <LogIn />;
}

function LoggedIn({ agent }: { agent: Agent }) {
  const leads = agent.role !== "agent";
  const settings = useStore(settingsPlace, (place) => place.open);
  const page = useStore(pages, (state) => state.page);
  const desk = useMemo(() => new Desk(agent), [agent.id]);
  useEffect(() => {
    desk.start();
    return () => desk.stop();
  }, [desk]);
  return (
    <DeskContext.Provider value={desk}>
      {leads && page === "wallboard" ? <WallboardPage />
      : settings ? <SettingsShell />
      : <Shell />}
      <Over />
    </DeskContext.Provider>
  );
}

function Opening() {
  const t = useWords();
  return (
    <main class="middle" aria-busy="true">
      <p class="quiet">{t("desk.checking")}</p>
    </main>
  );
}

function Unreachable() {
  const t = useWords();
  return (
    <main class="middle">
      <p role="alert">{t("desk.login.unreachable")}</p>
      <button type="button" class="button button-line" onClick={() => void checkSession()}>
        {t("desk.again")}
      </button>
    </main>
  );
}
