// Who answers now, said in one line.
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../../../kit/icons";
import { initial, personClass } from "../../../kit/locale";
import { framed, tell } from "../bridge";
import { useValue } from "../../../kit/state";
import { Aloud } from "../extras/Aloud";
import type { Till } from "../shop/till";
import type { PanelState } from "../state";
import { useWords, type Words } from "../words";

type Mood = "well" | "waiting";

interface Props {
  state: PanelState;
  till: Till;
}

export function Header({ state, till }: Props) {
  const words = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  const agent = state.conversation?.answered_by === "agent" ? state.conversation.agent : null;
  const shop = state.session?.shop.name ?? "";
  const { text, mood } = stateLine(state, words);
  // On a phone the keyboard would jump up and hide the answer, so the heading takes the focus, not the field.
  useEffect(() => {
    if (framed && state.open && matchMedia("(pointer: coarse)").matches) heading.current?.focus();
  }, [state.open]);
  return (
    <header class="header">
      {agent ? (
        <span class={`avatar avatar-36 avatar-person ${personClass(agent.name)}`} aria-hidden="true">
          {initial(agent.name)}
        </span>
      ) : (
        <span class="avatar avatar-36 avatar-bot">
          <Icon name="clerk" size={24} />
        </span>
      )}
      <div class="header-words">
        <h1 ref={heading} tabIndex={-1}>
          {agent?.name ?? shop}
        </h1>
        <p class="header-state" role="status" data-mood={mood}>
          {shop && <span>{text}</span>}
        </p>
      </div>
      {state.session && <Aloud state={state} />}
      {state.session && <Bag till={till} />}
      {framed && (
        <button class="icon-button" type="button" aria-label={words.t("closeChat")} onClick={() => tell({ kaiwa: "close" })}>
          <Icon name="close" size={24} />
        </button>
      )}
    </header>
  );
}

/** What is in the cart, and the way into it. */
function Bag({ till }: { till: Till }) {
  const { t } = useWords();
  const n = useValue(till).cart?.pieces ?? 0;
  return (
    <button class="icon-button bag" type="button" onClick={() => till.open({ kind: "cart" })}>
      <span class="unseen">{n > 0 ? t("openCartWith", { n }) : t("openCart")}</span>
      <Icon name="bag" size={24} />
      {n > 0 && (
        <span class="bag-count figures" aria-hidden="true">
          {n > 99 ? "99+" : n}
        </span>
      )}
    </button>
  );
}

function stateLine(state: PanelState, { t }: Words): { text: string; mood: Mood } {
  const { conversation, session, live } = state;
  if (live.kind === "waiting") return { text: t("stateReconnecting"), mood: "waiting" };
  if (conversation?.status === "open") {
    if (conversation.answered_by === "agent" && conversation.agent) {
      return { text: t("statePerson", { shop: session?.shop.name ?? "" }), mood: "well" };
    }
    const minutes = conversation.wait?.minutes;
    if (conversation.waiting) return { text: minutes ? t("stateWaitingFor", { n: minutes }) : t("stateWaiting"), mood: "waiting" };
    if (conversation.answered_by === "nobody") return { text: t("stateNobody"), mood: "waiting" };
  }
  return { text: t("stateBot"), mood: "well" };
}
