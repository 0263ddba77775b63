// A ticket: what it gives, under which condition, until when, and its code.
import { Icon } from "../../../../kit/icons";
import { date, time } from "../../../../kit/locale";
import type { Coupon } from "../../../../kit/types";
import { useWords } from "../../words";
import { LinkRow } from "./LinkCard";

export function CouponCard({ coupon }: { coupon: Coupon }) {
  const { t, language } = useWords();
  const until = coupon.expires_at && `${date(coupon.expires_at, language)} ${time(coupon.expires_at, language)}`;
  return (
    <section class="card coupon">
      <div class="coupon-mark">
        <Icon name="ticket" size={24} />
      </div>
      <div class="coupon-words">
        <h2>{coupon.title}</h2>
        {coupon.description && <p>{coupon.description}</p>}
        {until && <p>{t("couponUntil", { date: until })}</p>}
        <p class="coupon-code figures">
          <span class="unseen">{t("couponCode")} </span>
          {coupon.code}
        </p>
      </div>
      <LinkRow url={coupon.url} text={t("couponUse")} />
    </section>
  );
}
