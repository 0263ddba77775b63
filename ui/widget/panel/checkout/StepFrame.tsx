// What every step has: the way back, how far it is, what is to be told, its heading with the focus.
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../../../kit/icons";
import { useValue } from "../../../kit/state";
import type { Controller } from "../controller";
import { Page } from "./Page";
import { Progress } from "./Progress";
import type { Purchase } from "./purchase";
import { Told } from "./Told";
import { useCheckoutWords } from "./words";

export interface At {
  controller: Controller;
  purchase: Purchase;
}

interface StepProps extends At {
  children: ComponentChildren;
  foot: ComponentChildren;
}

export function StepFrame({ purchase, children, foot }: StepProps) {
  const { t } = useCheckoutWords();
  const { checkout } = useValue(purchase);
  const heading = useRef<HTMLHeadingElement>(null);
  const step = purchase.step;
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    heading.current?.closest(".sheet-body")?.scrollTo(0, 0);
  }, [step]);
  return (
    <Page foot={foot}>
      <Progress step={step} />
      <h3 class="buy-heading" ref={heading} tabIndex={-1}>
        {t(step)}
      </h3>
      <Told purchase={purchase} />
      {children}
      {checkout && (
        <a class="sheet-page" href={checkout.page_url} target="_blank" rel="noopener">
          {t("page")}
          <Icon name="open" size={16} />
        </a>
      )}
    </Page>
  );
}
