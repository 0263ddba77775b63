// All keys on one sheet: those that are learnt are the ones that can be looked up.
import { Dialog } from "../shell/Dialog";
import { MOD } from "../shell/mod-key";
import { keys, setLetters } from "../shell/shortcuts";
import { useStore } from "../state/store";
import { useWords } from "../words/words";
import { closeOver } from "./opened";
import "./palette.css";

const GROUPS = {
  anywhere: [[`${MOD} K`, "palette"], ["/", "search"], ["?", "keys"], ["F6", "region"], ["Esc", "leave"]],
  list: [["J / ↓", "next"], ["K / ↑", "previous"], ["↵", "open"], ["X", "pick"]],
  thread: [["R", "reply"], ["N", "note"], ["I", "me"], ["A", "assign"], ["P", "priority"], ["L", "labels"], ["H", "snooze"], ["E", "close"], ["B", "back"], ["W", "whisper"], ["M", "same"], ["]", "panel"]],
  writing: [[`${MOD} ↵`, "send"], ["/", "replies"], ["@", "mention"]],
} as const;

export function KeysSheet() {
  const t = useWords();
  const letters = useStore(keys, (state) => state.letters);
  return (
    <Dialog title={t("keys.title")} onClose={closeOver}>
      <label class="keys-letters">
        <input type="checkbox" checked={letters} onChange={(event) => setLetters(event.currentTarget.checked)} />
        {t("keys.letters")}
      </label>
      <div class="keys">
        {(Object.keys(GROUPS) as (keyof typeof GROUPS)[]).map((group) => (
          <section key={group}>
            <h3 class="section-title">{t(`keys.group.${group}`)}</h3>
            <dl>
              {GROUPS[group].map(([key, what]) => (
                <div key={what}>
                  <dt>{t(`keys.${what}`)}</dt>
                  <dd>
                    <kbd>{key}</kbd>
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
