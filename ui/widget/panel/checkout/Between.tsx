// Where nothing can be filled in: paid elsewhere, not answered yet, or over.
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../../../kit/icons";
import { money } from "../../../kit/locale";
import { useValue } from "../../../kit/state";
import { webAddress } from "../links";
import { Page } from "./Page";
import type { At } from "./StepFrame";
import { Told } from "./Told";
import type { Checkout } from "./wire";
import { useCheckoutWords } from "./words";

interface Props extends At {
  checkout: Checkout;
}

export function Away({ controller, purchase, checkout }: Props) {
  const { t, language } = useCheckoutWords();
  const url = webAddress(checkout.pay_url);
  return (
    <Plain
      at={{ controller, purchase }}
      title={t("awayTitle")}
      foot={
        <>
          {url && (
            <a class="button button-main button-wide" href={url} target="_blank" rel="noopener noreferrer">
              {t("toPay")}
              <Icon name="open" size={16} />
            </a>
          )}
          <button class="button button-line button-wide" type="button" onClick={() => purchase.go("payment")}>
            {t("otherWay")}
          </button>
        </>
      }
    >
      <p>{t("awayText")}</p>
      <p class="buy-due">
        <span>{t("amount")}</span>
        <b class="figures">{money(checkout.total, language)}</b>
      </p>
      <p class="buy-hint">{t("awayUntil", { until: checkout.until })}</p>
      <Look purchase={purchase} />
    </Plain>
  );
}

export function Waiting(at: At) {
  const { t } = useCheckoutWords();
  return (
    <Plain at={at} title={t("waitingTitle")}>
      <p>{t("waitingText")}</p>
      <Look purchase={at.purchase} />
    </Plain>
  );
}

export function Ended({ controller, purchase, checkout }: Props) {
  const { t } = useCheckoutWords();
  const over = checkout.state === "expired";
  return (
    <Plain
      at={{ controller, purchase }}
      title={t(over ? "expiredTitle" : "canceledTitle")}
      foot={
        <button class="button button-main button-wide" type="button" onClick={() => void purchase.begin(checkout.id)}>
          {t("again")}
        </button>
      }
    >
      <p>{over ? t("expiredText", { until: checkout.until }) : t("canceledText")}</p>
    </Plain>
  );
}

function Look({ purchase }: { purchase: At["purchase"] }) {
  const { t } = useCheckoutWords();
  const { busy } = useValue(purchase);
  return (
    <button class="sheet-page" type="button" aria-busy={busy === "look"} onClick={() => void purchase.lookAgain()}>
      <Icon name="retry" size={16} />
      {t("look")}
    </button>
  );
}

interface PlainProps {
  at: At;
  title: string;
  children: ComponentChildren;
  foot?: ComponentChildren;
}

/** A page of a few sentences; its heading takes the focus. */
function Plain({ at, title, children, foot }: PlainProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), [title]);
  return (
    <Page foot={foot}>
      <div class="buy-plain">
        <h3 class="buy-heading" ref={heading} tabIndex={-1}>
          {title}
        </h3>
        <Told purchase={at.purchase} />
        {children}
      </div>
    </Page>
  );
}
