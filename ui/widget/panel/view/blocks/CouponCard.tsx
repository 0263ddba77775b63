// A ticket: what it gives, under which condition, until when, and its code.
import { Icon } from "../../../../kit/icons";
import { date, time } from "../../../../kit/locale";
import type { Coupon } from "../../../../kit/types";
import type { Controller } from "../../controller";
import { useWords } from "../../words";
import { ActionButton } from "./ActionButton";

export function CouponCard({ coupon, controller }: { coupon: Coupon; controller: Controller }) {
  const { t, language } = useWords();
  const until = coupon.ends_at && `${date(coupon.ends_at, language)} ${time(coupon.ends_at, language)}`;
  return (
    <section class="card coupon">
      <div class="coupon-mark">
        <Icon name="ticket" size={24} />
      </div>
      <div class="coupon-words">
        <h2>{coupon.title ?? coupon.alt_text}</h2>
        {coupon.condition && <p>{coupon.condition}</p>}
        {until && <p>{t("couponUntil", { date: until })}</p>}
        <p class="coupon-code figures">
          <span class="unseen">{t("couponCode")} </span>
          {coupon.code}
        </p>
        {coupon.actions?.map((action) => (
          <ActionButton key={action.label} action={action} class="button button-tint" controller={controller} />
        ))}
      </div>
    </section>
  );
}
