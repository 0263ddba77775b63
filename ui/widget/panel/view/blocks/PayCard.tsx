// The way to pay that was said in the conversation: what is in the cart is bought here, or on a page.
import { money } from "../../../../kit/locale";
import { useValue } from "../../../../kit/state";
import type { PaymentRequest } from "../../../../kit/types";
import { webAddress } from "../../links";
import type { Till } from "../../shop/till";
import { useWords } from "../../words";
import { LinkCard, LinkRow } from "./LinkCard";

export function PayCard({ request, till }: { request: PaymentRequest; till: Till }) {
  const { t, language } = useWords();
  const { cart } = useValue(till);
  const url = webAddress(request.url);
  // Only a checkout of the cart's: a link to pay for anything else leads where it leads.
  if (!cart?.pieces || !url || !isCheckout(url))
    return <LinkCard title={request.title} url={request.url} amount={request.total} />;
  return (
    <section class="card receipt">
      <header>
        <h2>{request.title}</h2>
        <p class="order-promise figures">{money(request.total, language)}</p>
      </header>
      <button class="card-foot" type="button" onClick={() => till.open({ kind: "checkout" })}>
        {t("checkout")}
      </button>
      <LinkRow url={url} text={t("checkoutPage")} />
    </section>
  );
}

function isCheckout(url: string): boolean {
  const { origin, pathname } = new URL(url, location.href);
  return origin === location.origin && pathname.startsWith("/checkout/");
}
