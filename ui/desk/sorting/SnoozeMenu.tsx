// Until when: the usual times first, then a time of one's own, then until the customer writes.
import { serverNow } from "../../kit/clock";
import { useState } from "preact/hooks";
import { Glyph } from "../icons";
import { exact } from "../words/time";
import { useLanguage, useWords } from "../words/words";
import { snoozeTimes } from "./snooze-times";

interface SnoozeProps {
  /** Put aside already: it can also be taken up again. */
  aside: boolean;
  onSnooze: (until: string | null) => void;
  onWake: () => void;
}

export function SnoozeChoices({ aside, onSnooze, onWake }: SnoozeProps) {
  const t = useWords();
  const language = useLanguage();
  const [own, setOwn] = useState("");
  const time = own ? new Date(own) : null;
  return (
    <>
      <div role="menu" aria-label={t("desk.snooze")}>
        {aside && (
          <button type="button" role="menuitem" class="item" onClick={onWake}>
            <Glyph name="retry" size={16} />
            {t("desk.snooze.wake")}
          </button>
        )}
        {snoozeTimes(new Date(serverNow())).map(({ name, at }) => (
          <button key={name} type="button" role="menuitem" class="item" title={exact(at.toISOString(), language)} onClick={() => onSnooze(at.toISOString())}>
            <Glyph name="clock" size={16} />
            {t(`desk.snooze.${name}`)}
          </button>
        ))}
        <button type="button" role="menuitem" class="item" onClick={() => onSnooze(null)}>
          <Glyph name="chat" size={16} />
          {t("desk.snooze.reply")}
        </button>
      </div>
      <form
        class="item-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (time && time.getTime() > serverNow()) onSnooze(time.toISOString());
        }}
      >
        <input
          type="datetime-local"
          class="field"
          aria-label={t("desk.snooze.own")}
          value={own}
          onInput={(event) => setOwn(event.currentTarget.value)}
        />
        <button type="submit" class="act" disabled={!time || time.getTime() <= serverNow()}>
          {t("desk.snooze.set")}
        </button>
      </form>
    </>
  );
}
