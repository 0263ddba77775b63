// The shop's first words, at the top of the thread. They are not a message: nothing was sent.
import type { Action, Session } from "../../../kit/types";
import type { Controller } from "../controller";
import { useWords } from "../words";
import { Bubble } from "./Bubble";
import { Speaker } from "./Group";
import { Replies } from "./QuickReplies";

interface Props {
  session: Session;
  /** Nothing has been said yet, so the suggestions are of use. */
  alone: boolean;
  controller: Controller;
}

export function Welcome({ session, alone, controller }: Props) {
  const { t } = useWords();
  const { shop } = session;
  const actions = shop.quick_replies.map((text): Action => ({ type: "reply", label: text, text }));
  return (
    <>
      <section class="group" data-place="welcome">
        <Speaker name={shop.bot_name} person={false} />
        <Bubble text={shop.greeting ?? t("hello")} />
        {/* The shop's own first words say it themselves. */}
        {!shop.greeting && <p class="group-time">{t("whatItIs")}</p>}
      </section>
      {alone && <Replies actions={actions} controller={controller} />}
    </>
  );
}
