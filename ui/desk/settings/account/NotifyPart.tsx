// What one is told of and how: nothing sounds or appears unless it was chosen.
import { useState } from "preact/hooks";
import type { News } from "../../notify/news";
import { ring } from "../../notify/sound";
import { useDesk } from "../../state/desk-context";
import { useStore } from "../../state/store";
import { useWords } from "../../words/words";
import { Fault, Part } from "../parts/Parts";
import { Tick } from "../parts/Pick";

const KINDS: News[] = ["assigned", "message", "mention", "waiting"];

export function NotifyPart() {
  const t = useWords();
  const { choices } = useDesk();
  const choice = useStore(choices.store, (state) => state);
  const [fault, setFault] = useState<string | null>(null);
  const turnNotice = async (wanted: boolean) => {
    setFault(null);
    const may = !wanted || ("Notification" in window && (await Notification.requestPermission()) === "granted");
    if (!may) setFault(t("notify.denied"));
    choices.change({ notice: wanted && may });
  };
  return (
    <Part title={t("notify.title")} lead={t("notify.lead")}>
      <fieldset class="setting options">
        <legend>{t("notify.about")}</legend>
        {KINDS.map((kind) => (
          <Tick key={kind} words={t(`notify.about.${kind}`)} value={choice.about[kind]} onValue={(wanted) => choices.change({ about: { ...choice.about, [kind]: wanted } })} />
        ))}
      </fieldset>
      <fieldset class="setting options">
        <legend>{t("notify.how")}</legend>
        <Tick words={t("notify.notice")} value={choice.notice} onValue={(wanted) => void turnNotice(wanted)} />
        <Tick words={t("notify.text")} value={choice.text} disabled={!choice.notice} onValue={(text) => choices.change({ text })} />
        <Tick
          words={t("notify.sound")}
          value={choice.sound}
          onValue={(sound) => {
            choices.change({ sound });
            if (sound) ring();
          }}
        />
      </fieldset>
      <Fault words={fault} />
    </Part>
  );
}
