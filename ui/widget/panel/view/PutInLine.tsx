// The shopper's own press, as the shop recorded it: one quiet line with the way to the cart.
import { Icon } from "../../../kit/icons";
import { time } from "../../../kit/locale";
import type { Message } from "../../../kit/types";
import type { Till } from "../shop/till";
import { useWords } from "../words";

export function PutInLine({ message, till }: { message: Message; till: Till }) {
  const { t, language } = useWords();
  const words = message.blocks.map((block) => (block.type === "text" ? block.text : (block.alt_text ?? ""))).join("\n");
  return (
    <article
      class="put-in"
      data-place={`${message.conversation}:${message.seq}`}
      aria-label={t("messageBy", { who: t("shop"), time: time(message.occurred_at, language) })}
    >
      <p>
        <Icon name="check" size={16} />
        <span>{words}</span>
      </p>
      <button class="button" type="button" onClick={() => till.open({ kind: "cart" })}>
        {t("openCart")}
      </button>
    </article>
  );
}
