// The shop asks owners and admins for a second factor: nothing else before it is on.
import { Glyph } from "../icons";
import type { Agent } from "../wire";
import { useWords } from "../words/words";
import { FactorSetUp } from "./FactorSetUp";
import { checkSession, logOut } from "./session";
import "../settings/settings.css";
import "../settings/pages.css";

export function FactorFirst({ agent }: { agent: Agent }) {
  const t = useWords();
  return (
    <main class="settings-page settings factor-first">
      <section class="part">
        <h1 class="login-title">{t("factor.first")}</h1>
        <p class="quiet">{t("factor.first.lead", { shop: agent.merchant.name })}</p>
        <FactorSetUp email={agent.email} onDone={() => void checkSession()} />
        <button type="button" class="act" onClick={() => void logOut()}>
          <Glyph name="out" size={14} />
          {t("desk.account.out")}
        </button>
      </section>
    </main>
  );
}
