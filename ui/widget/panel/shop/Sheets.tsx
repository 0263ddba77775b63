// The sheets over the thread, and the one frame that they share: focus in, focus kept, focus back.
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../../../kit/icons";
import type { Controller } from "../controller";
import { useWords } from "../words";
import { CartSheet } from "./CartSheet";
import { CheckoutSlot } from "./CheckoutSlot";
import { OptionSheet } from "./OptionSheet";
import "./sheets.css";
import type { Sheet, Till } from "./till";

export function Sheets({ controller, sheet }: { controller: Controller; sheet: Sheet }) {
  if (sheet.kind === "cart") return <CartSheet controller={controller} />;
  if (sheet.kind === "checkout") return <CheckoutSlot controller={controller} />;
  return <OptionSheet key={JSON.stringify(sheet.name)} controller={controller} sheet={sheet} />;
}

interface FrameProps {
  till: Till;
  title: string;
  /** Fills the panel; else it is as high as what is in it. */
  whole?: boolean;
  /** Beside the title, at the right. */
  aside?: ComponentChildren;
  /** Where the arrow leads; else it closes. */
  back?: { words: string; go: () => void } | undefined;
  /** What is in it has a body and a foot of its own, and may change while the sheet stays. */
  bare?: boolean;
  children: ComponentChildren;
  foot?: ComponentChildren;
}

export function SheetFrame({ till, title, whole, aside, back, bare, children, foot }: FrameProps) {
  const { t } = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // What is in the sheet may have a heading of its own that has taken it.
    const own = heading.current?.closest(".sheet")?.contains(document.activeElement);
    if (!own) heading.current?.focus({ preventScroll: true });
  }, []);
  const close = (
    <button class="icon-button" type="button" aria-label={t("closeSheet")} onClick={till.close}>
      <Icon name={whole && !back ? "left" : "close"} size={24} />
    </button>
  );
  return (
    <div class="sheet-layer">
      <div class="sheet-scrim" onClick={till.close} />
      <section class={whole ? "sheet sheet-whole" : "sheet"} role="dialog" aria-modal="true" aria-labelledby="sheet-title">
        <header class="sheet-head">
          {back && (
            <button class="icon-button" type="button" aria-label={back.words} onClick={back.go}>
              <Icon name="left" size={24} />
            </button>
          )}
          {whole && !back && close}
          <h2 id="sheet-title" ref={heading} tabIndex={-1}>
            {title}
          </h2>
          {aside}
          {(!whole || back) && close}
        </header>
        {bare ? children : <div class="sheet-body">{children}</div>}
        {foot && <footer class="sheet-foot">{foot}</footer>}
      </section>
    </div>
  );
}
