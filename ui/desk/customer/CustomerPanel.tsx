// Who the agent is talking to. The order of the sections is fixed, so that the hand learns it.
import { useEffect, useRef } from "preact/hooks";
import { Glyph } from "../icons";
import { PersonMark } from "../marks";
import { SortActs } from "../sorting/SortActs";
import { WhisperMenu } from "../staff/WhisperMenu";
import { useDesk } from "../state/desk-context";
import type { OpenThread } from "../state/open-thread";
import { useStore } from "../state/store";
import type { Customer } from "../wire";
import { nameOf, useWords, wordOr } from "../words/words";
import { Addresses } from "./Addresses";
import { ChatLink } from "./ChatLink";
import { LiveCart } from "./LiveCart";
import { Orders } from "./Orders";
import { SamePerson } from "./SamePerson";
import { ShopCartView } from "./ShopCartView";
import { Ratings } from "./Ratings";
import { PagesViewed, PastConversations } from "./Trail";
import { Wishes } from "./Wishes";

interface PanelProps {
  thread: OpenThread;
  /** Null where the panel is a column; else it is a layer over the thread. */
  onClose: (() => void) | null;
}

export function CustomerPanel({ thread, onClose }: PanelProps) {
  const t = useWords();
  const { customer, row, phase } = useStore(thread.conversation.store, (state) => state);
  const desk = useDesk();
  const box = useRef<HTMLElement>(null);
  useLayer(box, onClose);
  const known = customer ?? row?.customer;
  const name = known ? nameOf(t, known) : "";
  return (
    <>
      {onClose && <div class="scrim" onClick={onClose} />}
      <aside class="panel" id="customer" ref={box} tabIndex={-1} aria-label={t("desk.customer")}>
        <header class="panel-head">
          {known && <PersonMark name={known.name} size={40} />}
          <div class="panel-who">
            <h2 class="head-title">{name}</h2>
            {customer && <LanguageLine customer={customer} />}
          </div>
          {onClose && (
            <button type="button" class="icon-button" aria-label={t("desk.close")} onClick={onClose}>
              <Glyph name="close" />
            </button>
          )}
        </header>
        {onClose && row && (
          <div class="panel-sort">
            <WhisperMenu apart row={row} />
            <SortActs apart row={row} onSort={(deed) => void desk.sort(row, deed).catch(() => undefined)} />
            {row.labels.map((one) => (
              <span class="chip" key={one.id}>
                {one.name}
              </span>
            ))}
          </div>
        )}
        {customer ? <Sections customer={customer} thread={thread} /> : phase === "loading" && <PanelBones />}
        {!customer && phase === "failed" && <p class="panel-none quiet">{t("desk.customer.failed")}</p>}
      </aside>
    </>
  );
}

/** A layer takes the focus, gives it back, and closes by Escape before anything below hears of it. */
function useLayer(box: { current: HTMLElement | null }, onClose: (() => void) | null): void {
  const close = useRef(onClose);
  close.current = onClose;
  const layered = onClose !== null;
  useEffect(() => {
    if (!layered) return;
    const before = document.activeElement as HTMLElement | null;
    box.current?.focus();
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      close.current?.();
    };
    document.addEventListener("keydown", onKeyDown, true);
    return () => {
      document.removeEventListener("keydown", onKeyDown, true);
      before?.focus();
    };
  }, [box, layered]);
}

function LanguageLine({ customer }: { customer: Customer }) {
  const t = useWords();
  if (!customer.language) return null;
  const name = wordOr(t, `desk.lang.${customer.language}`, customer.language.toUpperCase());
  return <p class="quiet">{t("desk.customer.language", { name })}</p>;
}

function Sections({ customer, thread }: { customer: Customer; thread: OpenThread }) {
  const shopCart = useStore(thread.shopping.store, (state) => state.cart);
  useShopping(thread);
  return (
    <>
      <Addresses addresses={customer.addresses} />
      <SamePerson thread={thread} customer={customer} />
      <ChatLink thread={thread} />
      {shopCart && shopCart.lines.length > 0 ? <ShopCartView thread={thread} cart={shopCart} /> : <LiveCart cart={customer.cart} />}
      <Orders thread={thread} />
      <Wishes thread={thread} />
      <PagesViewed pages={customer.pages} />
      <PastConversations past={customer.past} />
      <Ratings ratings={customer.ratings ?? []} />
    </>
  );
}

const SETTLED_MS = 400;

/** What is bought changes with what is said: asked for again once a burst of messages is over. */
function useShopping(thread: OpenThread): void {
  const moved = useStore(thread.conversation.store, ({ messages, happenings }) => `${messages.at(-1)?.id}.${happenings.at(-1)?.id}`);
  useEffect(() => {
    const timer = setTimeout(() => void thread.shopping.load(), thread.shopping.store.get().phase === "loading" ? 0 : SETTLED_MS);
    return () => clearTimeout(timer);
  }, [thread, moved]);
}

function PanelBones() {
  const t = useWords();
  return (
    <div aria-busy="true">
      {(["contacts", "cart", "pages", "past"] as const).map((section) => (
        <section class="section" key={section}>
          <h3 class="section-title">{t(`desk.customer.${section}`)}</h3>
          <span class="bone bone-line" />
          <span class="bone bone-line bone-short" />
        </section>
      ))}
    </div>
  );
}
