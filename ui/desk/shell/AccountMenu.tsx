// Oneself: connection, language, colours, single-letter keys, and the way out.
import { useState } from "preact/hooks";
import { LanguageChoice } from "../account/LanguageChoice";
import { logOut } from "../account/session";
import { chooseTheme, theme, THEMES } from "../account/theme";
import { Glyph } from "../icons";
import { PersonMark } from "../marks";
import { SettingsEntry } from "../settings/SettingsEntry";
import { OwnLine, StatusChoice } from "../staff/StatusChoice";
import { useDesk } from "../state/desk-context";
import { useStore } from "../state/store";
import { useWords } from "../words/words";
import { TermsSheet } from "../sorting/TermsSheet";
import { openOver } from "../palette/opened";
import { PageEntries } from "./PageEntries";
import { Popover } from "./Popover";
import { keys, setLetters } from "./shortcuts";

export function AccountMenu({ inTabs = false }: { inTabs?: boolean }) {
  const t = useWords();
  const { agent } = useDesk();
  const [terms, setTerms] = useState(false);
  const button = inTabs ? (
    <>
      <Glyph name="person" size={24} />
      <span>{t("desk.account")}</span>
    </>
  ) : (
    <>
      <PersonMark name={agent.name} size={28} />
      <span class="self-words">
        <span class="self-name">{agent.name}</span>
        <span class="self-line">
          <OwnLine />
        </span>
      </span>
    </>
  );
  return (
    <div class={inTabs ? "tab-account" : "self"}>
      <Popover
        label={t("desk.account")}
        named={inTabs}
        kind="dialog"
        side="above"
        align={inTabs ? "end" : "start"}
        buttonClass={inTabs ? "tab" : "self-button"}
        button={button}
      >
        {(close) => (
          <AccountSheet
            onTerms={() => {
              close();
              setTerms(true);
            }}
          />
        )}
      </Popover>
      {terms && <TermsSheet onClose={() => setTerms(false)} />}
    </div>
  );
}

function AccountSheet({ onTerms }: { onTerms: () => void }) {
  const t = useWords();
  const { agent } = useDesk();
  const chosen = useStore(theme, (state) => state.theme);
  const letters = useStore(keys, (state) => state.letters);
  const [failed, setFailed] = useState(false);
  return (
    <div class="account">
      <p class="account-who">
        <b>{agent.name}</b>
        <span class="quiet">
          {agent.email} · {t(`desk.role.${agent.role}`)}
        </span>
      </p>
      <StatusChoice />
      <p class="account-row">
        <span>{t("desk.language")}</span>
        <LanguageChoice />
      </p>
      <p class="account-row">
        <span>{t("desk.account.theme")}</span>
        <span class="choice">
          <select
            aria-label={t("desk.account.theme")}
            value={chosen}
            onChange={(event) => chooseTheme(event.currentTarget.value as (typeof THEMES)[number])}
          >
            {THEMES.map((one) => (
              <option key={one} value={one}>
                {t(`desk.theme.${one}`)}
              </option>
            ))}
          </select>
          <Glyph name="down" size={14} />
        </span>
      </p>
      <label class="account-row">
        <span>{t("desk.account.letters")}</span>
        <input type="checkbox" checked={letters} onChange={(event) => setLetters(event.currentTarget.checked)} />
      </label>
      <SettingsEntry />
      <PageEntries />
      {agent.role !== "agent" && (
        <button type="button" class="item" onClick={onTerms}>
          <Glyph name="tag" size={16} />
          {t("desk.terms")}
        </button>
      )}
      <button type="button" class="item fine-only" onClick={() => openOver("keys")}>
        <Glyph name="info" size={16} />
        {t("palette.act.keys")}
      </button>
      <button type="button" class="item" onClick={() => void logOut().catch(() => setFailed(true))}>
        <Glyph name="out" size={16} />
        {t("desk.account.out")}
      </button>
      {failed && (
        <p class="fault" role="alert">
          {t("desk.account.outOffline")}
        </p>
      )}
    </div>
  );
}
