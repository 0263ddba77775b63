// Three dots when an answer is being made: after 400 ms, never before, and never longer than the truth.
import { serverNow } from "../../../kit/clock";
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../../../kit/icons";
import { initial, personClass } from "../../../kit/locale";
import type { PanelState } from "../state";
import { Dots } from "./Dots";
import { useWords } from "../words";

const AFTER_MS = 400;
const AT_MOST_MS = 15_000;
const SAID_AFTER_MS = 3_000;

interface Props {
  state: PanelState;
  botName: string;
  /** What is being made is seen already: that it is made is only said. */
  seen: boolean;
}

export function Thinking({ state, botName, seen }: Props) {
  const { t } = useWords();
  const expected = useExpected(state);
  const typing = state.typing ?? (expected ? ({ sender: "bot", name: botName } as const) : null);
  const said = useSaid(typing !== null);
  const person = typing?.sender === "agent";
  const words = typing && (person ? t("typing", { name: typing.name }) : t("thinking"));
  return (
    <div class="thinking">
      {typing && !seen && (
        <>
          {person ? (
            <span class={`avatar avatar-person ${personClass(typing.name)}`}>{initial(typing.name)}</span>
          ) : (
            <span class="avatar avatar-bot">
              <Icon name="clerk" />
            </span>
          )}
          <Dots bubble={!person} />
          {person && <span aria-hidden="true">{words}</span>}
        </>
      )}
      <span class="unseen" role="status">
        {said && words}
      </span>
    </div>
  );
}

/** The shopper spoke last and the machine answers: an answer is on its way. */
function useExpected({ messages, conversation, cutAt }: PanelState): boolean {
  const last = messages.at(-1);
  const answers = !conversation || (conversation.status === "open" && conversation.answered_by === "bot");
  const asked = last?.direction === "in" && answers && cutAt === null ? Date.parse(last.recorded_at) : null;
  const [shown, setShown] = useState(false);
  useEffect(() => {
    setShown(false);
    // A question of yesterday is not being answered now.
    if (asked === null || serverNow() - asked > AT_MOST_MS) return;
    const begin = setTimeout(() => setShown(true), AFTER_MS);
    const end = setTimeout(() => setShown(false), AT_MOST_MS);
    return () => {
      clearTimeout(begin);
      clearTimeout(end);
    };
  }, [asked]);
  return shown;
}

function useSaid(typing: boolean): boolean {
  const [said, setSaid] = useState(false);
  useEffect(() => {
    setSaid(false);
    if (!typing) return;
    const timer = setTimeout(() => setSaid(true), SAID_AFTER_MS);
    return () => clearTimeout(timer);
  }, [typing]);
  return said;
}
