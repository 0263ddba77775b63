// The customer's orders: the newest open, the others on request, any of the shop's by its number.
import { useState } from "preact/hooks";
import { money } from "../../kit/locale";
import { Glyph } from "../icons";
import type { OpenThread } from "../state/open-thread";
import { useStore } from "../state/store";
import { shortDate } from "../words/time";
import { useLanguage, useWords, wordOr } from "../words/words";
import { OrderDialog } from "./OrderDialog";
import { Section } from "./Section";
import type { Order, OrderVerb } from "./shopping";

export function Orders({ thread }: { thread: OpenThread }) {
  const t = useWords();
  const { orders, phase } = useStore(thread.shopping.store, (state) => state);
  const [all, setAll] = useState(false);
  const [newest, ...others] = orders;
  const more = others.length > 0 && !all && (
    <button type="button" class="link" onClick={() => setAll(true)}>
      {t("desk.orders.more", { n: others.length })}
    </button>
  );
  return (
    <Section id="orders" title={t("desk.orders")} aside={more || undefined}>
      {phase === "loading" && <span class="bone bone-line" aria-busy="true" />}
      {phase === "failed" && (
        <p class="quiet" role="alert">
          {t("desk.orders.failed")}{" "}
          <button type="button" class="link" onClick={() => void thread.shopping.load()}>
            {t("desk.again")}
          </button>
        </p>
      )}
      {phase === "ready" && !newest && <p class="quiet">{t("desk.orders.none")}</p>}
      {newest && <OrderCard thread={thread} order={newest} open />}
      {all && others.map((one) => <OrderCard key={one.id} thread={thread} order={one} open={false} />)}
      {phase === "ready" && <ByNumber thread={thread} />}
    </Section>
  );
}

function OrderCard({ thread, order, open }: { thread: OpenThread; order: Order; open: boolean }) {
  const t = useWords();
  const language = useLanguage();
  const [shown, setShown] = useState(open);
  const [verb, setVerb] = useState<OrderVerb | null>(null);
  return (
    <article class="order" aria-label={t("desk.block.order", { number: order.number })}>
      <button type="button" class="order-head" aria-expanded={shown} onClick={() => setShown(!shown)}>
        <b class="figures">#{order.number}</b>
        <span class={order.state === "cancelled" ? "chip" : order.state === "delivered" ? "chip chip-matsu" : "chip chip-ai"}>{order.state_words}</span>
        <span class="order-sum figures">{money(order.total, language)}</span>
      </button>
      {!order.own && (
        <p class="order-strange">
          <Glyph name="warn" size={14} />
          {t("desk.orders.strange", { name: order.name })}
        </p>
      )}
      {shown && (
        <>
          <ul class="order-lines">
            {order.lines.map((line) => (
              <li key={line.part}>
                {line.title} <span class="quiet figures">×{line.quantity}</span>
              </li>
            ))}
          </ul>
          <p class="quiet figures">{shortDate(order.placed_at, language)}</p>
          <Steps order={order} />
          <Facts order={order} />
          <Acts order={order} onAct={setVerb} />
        </>
      )}
      {verb && <OrderDialog thread={thread} order={order} verb={verb} onClose={() => setVerb(null)} />}
    </article>
  );
}

function Steps({ order }: { order: Order }) {
  return (
    <ol class="steps">
      {order.steps.map((step, index) => (
        <li key={step} class={index < order.step_index ? "step step-done" : index === order.step_index ? "step step-here" : "step"} aria-current={index === order.step_index ? "step" : undefined}>
          {step}
        </li>
      ))}
    </ol>
  );
}

function Facts({ order }: { order: Order }) {
  const t = useWords();
  const language = useLanguage();
  return (
    <ul class="order-facts">
      {order.parcels.map((one, index) => (
        <li key={index}>
          <Glyph name="truck" size={14} />
          {wordOr(t, `desk.parcel.${one.state}`, one.state)} {one.carrier}{" "}
          {one.link ? (
            <a href={one.link} target="_blank" rel="noreferrer" class="figures">
              {one.number}
            </a>
          ) : (
            <span class="figures">{one.number}</span>
          )}
        </li>
      ))}
      {order.delivery && (
        <li>
          <Glyph name="clock" size={14} />
          {t("desk.orders.wish", { when: order.delivery })}
        </li>
      )}
      {order.address_words && (
        <li>
          <Glyph name="pin" size={14} />
          {order.address_words}
        </li>
      )}
      {order.returns.map((one) => (
        <li key={one.id}>
          <Glyph name="retry" size={14} />
          {wordOr(t, `desk.return.${one.state}`, one.state)}
        </li>
      ))}
      {order.refunded.amount_minor > 0 && (
        <li>
          <Glyph name="wallet" size={14} />
          {t("desk.orders.refunded", { amount: money(order.refunded, language) })}
        </li>
      )}
    </ul>
  );
}

const ACTS: readonly { verb: OrderVerb; way: string }[] = [
  { verb: "address", way: "change_address" },
  { verb: "cancel", way: "cancel" },
  { verb: "return", way: "ask_return" },
  { verb: "refund", way: "refund" },
];

/** What is not possible in this state stays visible and says why. */
function Acts({ order, onAct }: { order: Order; onAct: (verb: OrderVerb) => void }) {
  const t = useWords();
  return (
    <p class="order-acts">
      {ACTS.map(({ verb, way }) => {
        const may = order.ways.includes(way);
        const why = t("desk.orders.notNow", { state: order.state_words });
        return (
          <button
            key={verb}
            type="button"
            class="act act-small"
            aria-disabled={!may}
            title={may ? undefined : why}
            aria-description={may ? undefined : why}
            onClick={() => may && onAct(verb)}
          >
            {t(`desk.orders.${verb}`)}
          </button>
        );
      })}
    </p>
  );
}

function ByNumber({ thread }: { thread: OpenThread }) {
  const t = useWords();
  const [number, setNumber] = useState("");
  const [found, setFound] = useState<Order | "none" | "failed" | null>(null);
  const look = () =>
    thread.shopping.byNumber(number.trim()).then(
      (order) => setFound(order ?? "none"),
      () => setFound("failed"),
    );
  return (
    <>
      <form
        class="order-find"
        onSubmit={(event) => {
          event.preventDefault();
          if (number.trim()) void look();
        }}
      >
        <input
          class="field"
          value={number}
          maxLength={60}
          aria-label={t("desk.orders.find")}
          placeholder={t("desk.orders.find")}
          onInput={(event) => {
            setNumber(event.currentTarget.value);
            setFound(null);
          }}
        />
        <button type="submit" class="icon-button" aria-label={t("desk.search")} disabled={!number.trim()}>
          <Glyph name="search" size={16} />
        </button>
      </form>
      {found === "none" && <p class="quiet" role="status">{t("desk.orders.unknown", { number })}</p>}
      {found === "failed" && <p class="quiet" role="alert">{t("desk.act.failed")}</p>}
      {found && typeof found === "object" && <OrderCard thread={thread} order={found} open />}
    </>
  );
}
