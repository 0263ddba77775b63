// Products from the shop's own finder, to choose with their prices and stock of now.
import { useEffect, useState } from "preact/hooks";
import { money } from "../../kit/locale";
import { Glyph } from "../icons";
import { Dialog } from "../shell/Dialog";
import { get } from "../state/api";
import { useLanguage, useWords } from "../words/words";
import { type ChosenCard, MOST_CARDS } from "./cards";
import type { Product, ProductsFound } from "../server";

const WAIT_MS = 180;

interface PickerProps {
  onClose: () => void;
  onChoose: (cards: ChosenCard[]) => void;
}

export function ProductPicker({ onClose, onChoose }: PickerProps) {
  const t = useWords();
  const language = useLanguage();
  const [query, setQuery] = useState("");
  const { found, phase, again } = useFound(query);
  const [chosen, setChosen] = useState<readonly Product[]>([]);
  const turn = (product: Product) =>
    setChosen((was) => {
      const kept = was.filter((one) => one.variant !== product.variant);
      return kept.length < was.length || was.length >= MOST_CARDS ? kept : [...was, product];
    });
  const insert = () => onChoose(chosen.map((one) => cardOf(one, money(one.price, language))));
  return (
    <Dialog
      wide
      title={t("desk.products")}
      onClose={onClose}
      foot={
        <>
          <p class="sheet-note">{t("desk.products.fresh")}</p>
          <button type="button" class="act act-main" disabled={chosen.length === 0} onClick={insert}>
            {t("desk.products.insert", { n: chosen.length })}
          </button>
        </>
      }
    >
      <input
        type="search"
        class="field"
        autoFocus
        value={query}
        aria-label={t("desk.products.field")}
        placeholder={t("desk.products.field")}
        onInput={(event) => setQuery(event.currentTarget.value)}
      />
      {phase === "failed" && (
        <p class="fault" role="alert">
          {t("desk.products.failed")}
          <button type="button" class="link" onClick={again}>
            {t("desk.again")}
          </button>
        </p>
      )}
      {!query.trim() && <p class="quiet">{t("desk.products.hint")}</p>}
      {found && query.trim() && (
        <p class="quiet" role="status">
          {found.products.length === 0 ? t("desk.products.none", { query }) : t("desk.products.count", { n: found.total })}
          {found.relaxed.length > 0 && found.products.length > 0 && ` ${t("desk.products.relaxed")}`}
        </p>
      )}
      <ul class="products">
        {(query.trim() && found ? found.products : chosen).map((one) => (
          <ProductRow key={one.variant} product={one} picked={chosen.some((other) => other.variant === one.variant)} onTurn={() => turn(one)} />
        ))}
      </ul>
    </Dialog>
  );
}

function ProductRow({ product, picked, onTurn }: { product: Product; picked: boolean; onTurn: () => void }) {
  const language = useLanguage();
  return (
    <li>
      <label class={picked ? "product product-picked" : "product"}>
        <input type="checkbox" checked={picked} onChange={onTurn} />
        <span class="product-picture">
          {product.image_url ? <img src={product.image_url} alt="" loading="lazy" /> : <Glyph name="bag" size={20} />}
        </span>
        <span class="product-words">
          <b>{product.title}</b>
          <span class="quiet">{[product.options, product.sku].filter(Boolean).join(" · ")}</span>
        </span>
        <span class="product-price figures">
          <b>{money(product.price, language)}</b>
          <span class={product.in_stock ? "tone-matsu" : "quiet"}>{product.stock}</span>
        </span>
      </label>
    </li>
  );
}

const cardOf = (product: Product, price: string): ChosenCard => ({
  card: { type: "product", variant: product.variant, seen_minor: product.price.amount_minor },
  label: [product.title, product.options].filter(Boolean).join(" "),
  detail: price,
});

/** Asks once the hand rests; an answer to older words never covers a newer one. */
function useFound(query: string) {
  const [found, setFound] = useState<ProductsFound | null>(null);
  const [phase, setPhase] = useState<"ready" | "failed">("ready");
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (!query.trim()) return setFound(null);
    const stop = new AbortController();
    const timer = setTimeout(async () => {
      try {
        setFound(await get(`/api/products?q=${encodeURIComponent(query)}`, stop.signal));
        setPhase("ready");
      } catch {
        if (!stop.signal.aborted) setPhase("failed");
      }
    }, WAIT_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [query, round]);
  return { found, phase, again: () => setRound(round + 1) };
}
