// One deed on an order: what and why at the top, the money below, and a button that says the amount.
// Not optimistic: the sheet stays until the server has answered.
import { useRef, useState } from "preact/hooks";
import { ApiError } from "../../kit/api";
import { money } from "../../kit/locale";
import { Glyph } from "../icons";
import { Dialog } from "../shell/Dialog";
import type { OpenThread } from "../state/open-thread";
import { useStore } from "../state/store";
import { useLanguage, useWords } from "../words/words";
import { AddressFields, NO_ADDRESS } from "./AddressFields";
import { minorOf } from "./amount";
import { type Order, type OrderDeed, type OrderVerb, newDeed } from "./shopping";

interface DialogProps {
  thread: OpenThread;
  order: Order;
  verb: OrderVerb;
  onClose: () => void;
}

export function OrderDialog({ thread, order, verb, onClose }: DialogProps) {
  const t = useWords();
  const language = useLanguage();
  const deed = useRef(newDeed());
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState("");
  const [reason, setReason] = useState("");
  const [address, setAddress] = useState(order.address ?? { ...NO_ADDRESS, name: order.name });
  const [counts, setCounts] = useState<Record<string, number>>({});
  const [amount, setAmount] = useState("");
  const minor = minorOf(amount, order.total.currency);
  const back = order.paid.amount_minor - order.refunded.amount_minor;
  const label = {
    cancel: back > 0 ? t("desk.orders.cancelPaid", { amount: money({ ...order.paid, amount_minor: back }, language) }) : t("desk.orders.cancelUnpaid"),
    address: t("desk.orders.addressDo"),
    return: t("desk.orders.returnDo"),
    refund: t("desk.orders.refundDo", { amount: money({ ...order.total, amount_minor: minor }, language) }),
  }[verb];
  const ready = {
    cancel: true,
    address: true,
    return: Object.values(counts).some((n) => n > 0),
    refund: minor > 0 && minor <= order.total.amount_minor && reason.trim() !== "",
  }[verb];
  const act = async () => {
    if (busy || !ready) return;
    setBusy(true);
    setFault("");
    const deeds: Record<OrderVerb, OrderDeed> = {
      cancel: { verb: "cancel" },
      address: { verb: "address", address },
      return: { verb: "return", lines: counts },
      refund: { verb: "refund", amount_minor: minor },
    };
    try {
      await thread.shopping.act(order, deeds[verb], deed.current, reason);
      onClose();
    } catch (problem) {
      // The id stays while nobody knows the outcome; after a refusal it is another deed.
      if (problem instanceof ApiError && !problem.passing) deed.current = newDeed();
      setFault(problem instanceof ApiError && problem.message ? problem.message : t("desk.act.failed"));
      setBusy(false);
      void thread.shopping.load();
    }
  };
  return (
    <Dialog
      title={t("desk.orders.head", { act: t(`desk.orders.${verb}`), number: order.number })}
      onClose={onClose}
      foot={
        <>
          <button type="button" class="act" onClick={onClose}>
            {t("desk.orders.not")}
          </button>
          <button type="button" class={verb === "address" ? "act act-main" : "act act-danger"} disabled={busy || !ready} onClick={() => void act()}>
            {busy ? t("desk.orders.busy") : label}
          </button>
        </>
      }
    >
      {fault && (
        <p class="fault" role="alert">
          <Glyph name="alert" size={16} />
          {fault}
        </p>
      )}
      {verb === "address" && <AddressFields address={address} onChange={setAddress} />}
      {verb === "return" && <ReturnLines order={order} counts={counts} onCounts={setCounts} />}
      {verb === "refund" && (
        <label class="form-row">
          {t("desk.orders.amount", { most: money(order.total, language) })}
          <input class="field figures" inputMode="decimal" value={amount} onInput={(event) => setAmount(event.currentTarget.value)} />
        </label>
      )}
      {verb !== "address" && <Reason thread={thread} verb={verb} reason={reason} onReason={setReason} />}
      {verb !== "address" && <Sums order={order} />}
    </Dialog>
  );
}

/** The shop's own reasons where it has set some, else words of one's own. */
function Reason({ thread, verb, reason, onReason }: { thread: OpenThread; verb: OrderVerb; reason: string; onReason: (reason: string) => void }) {
  const t = useWords();
  const reasons = useStore(thread.shopping.store, (state) => state.cancel_reasons);
  return (
    <label class="form-row">
      {t("desk.orders.reason")}
      {verb === "cancel" && reasons.length > 0 ? (
        <select class="field" value={reason} onChange={(event) => onReason(event.currentTarget.value)}>
          <option value="" />
          {reasons.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </select>
      ) : (
        <input class="field" maxLength={200} value={reason} onInput={(event) => onReason(event.currentTarget.value)} />
      )}
    </label>
  );
}

interface ReturnProps {
  order: Order;
  counts: Record<string, number>;
  onCounts: (counts: Record<string, number>) => void;
}

function ReturnLines({ order, counts, onCounts }: ReturnProps) {
  return (
    <ul class="return-lines">
      {order.lines.map((line) => (
        <li key={line.part}>
          <label class="account-row">
            <span>
              {line.title} <span class="quiet figures">×{line.quantity}</span>
            </span>
            <input
              class="field figures return-count"
              type="number"
              min={0}
              max={line.quantity}
              value={counts[line.part] ?? 0}
              onInput={(event) => onCounts({ ...counts, [line.part]: Math.max(0, Math.min(line.quantity, Number(event.currentTarget.value) || 0)) })}
            />
          </label>
        </li>
      ))}
    </ul>
  );
}

/** The total is the sum of the lines shown. */
function Sums({ order }: { order: Order }) {
  const t = useWords();
  const language = useLanguage();
  return (
    <dl class="sums figures">
      {order.lines.map((line) => (
        <div key={line.part}>
          <dt>
            {line.title} ×{line.quantity}
          </dt>
          <dd>{money(line.amount, language)}</dd>
        </div>
      ))}
      {order.entries.map((entry, index) => (
        <div key={index}>
          <dt>{t("desk.orders.entries")}</dt>
          <dd>{money(entry.amount, language)}</dd>
        </div>
      ))}
      <div class="sums-total">
        <dt>{t("desk.orders.total")}</dt>
        <dd>{money(order.total, language)}</dd>
      </div>
      <div>
        <dt>{t("desk.orders.paid")}</dt>
        <dd>{money(order.paid, language)}</dd>
      </div>
    </dl>
  );
}
