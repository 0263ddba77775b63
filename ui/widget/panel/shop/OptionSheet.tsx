// A product to choose from: its options with what there is of each, how many, and one button that says the price.
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../../../kit/icons";
import { money } from "../../../kit/locale";
import { useValue } from "../../../kit/state";
import type { Controller } from "../controller";
import { webAddress } from "../links";
import { stockMood } from "../stock";
import { Price } from "../view/blocks/Price";
import { useWords } from "../words";
import { choose, chosenVariant, firstChoice, openOption, type Chosen } from "./choice";
import { FaultLine } from "./FaultLine";
import { Heart } from "./Heart";
import { Options } from "./Options";
import { SheetFrame } from "./Sheets";
import { Stepper } from "./Stepper";
import type { Sheet, Till } from "./till";
import type { Product, Variant } from "./wire";

interface Props {
  controller: Controller;
  sheet: Extract<Sheet, { kind: "options" }>;
}

export function OptionSheet({ controller, sheet }: Props) {
  const { t } = useWords();
  const { till } = controller;
  const [product, setProduct] = useState<Product | "gone" | "silent" | null>(null);
  const load = () => {
    setProduct(null);
    till.product(sheet.name).then(setProduct, (error: { status?: number }) =>
      setProduct(error.status === 404 ? "gone" : "silent"),
    );
  };
  useEffect(load, []);
  if (product && typeof product === "object") {
    return <Choosing controller={controller} product={product} variant={sheet.variant} />;
  }
  return (
    <SheetFrame till={till} title={t("choosing")}>
      {product === null ? (
        <div class="sheet-wait" role="status">
          <span class="unseen">{t("loading")}</span>
          <div class="bone bone-tall" />
          <div class="bone" />
          <div class="bone" />
        </div>
      ) : (
        <div class="sheet-note" role="alert">
          <p>{t(product === "gone" ? "productGone" : "unreachable")}</p>
          {product === "silent" && (
            <button class="button button-line" type="button" onClick={load}>
              {t("tryAgain")}
            </button>
          )}
        </div>
      )}
    </SheetFrame>
  );
}

interface ChoosingProps {
  controller: Controller;
  product: Product;
  variant: number | null;
}

function Choosing({ controller, product, variant: shown }: ChoosingProps) {
  const { t, language } = useWords();
  const { till } = controller;
  const { busy } = useValue(till);
  const [chosen, setChosen] = useState<Chosen>(() => firstChoice(product, shown));
  const [count, setCount] = useState(1);
  const variant = chosenVariant(product, chosen);
  const most = variant?.most ?? 1;
  const open = openOption(product, chosen);
  const pieces = Math.max(1, Math.min(count, most));
  const put = async () => {
    if (variant && (await till.put(variant.id, pieces, "sheet"))) till.close();
  };
  const words = open
    ? t("chooseFirst", { option: open })
    : variant && variant.most > 0
      ? `${t("addToCart")} ${money({ ...variant.price, amount_minor: variant.price.amount_minor * pieces }, language)}`
      : t("soldOut");
  return (
    <SheetFrame
      till={till}
      title={product.title}
      foot={
        <>
          <FaultLine till={till} what="sheet" />
          <button
            class="button button-main button-wide figures"
            type="button"
            disabled={!variant || variant.most === 0}
            aria-busy={busy.has("sheet")}
            onClick={put}
          >
            {words}
          </button>
        </>
      }
    >
      <Head product={product} variant={variant} till={till} />
      <Options product={product} chosen={chosen} onChoose={(axis, value) => setChosen(choose(product, chosen, axis, value))} />
      <Waiting product={product} controller={controller} />
      {variant && variant.most > 0 && (
        <div class="sheet-row">
          <strong>{t("quantity")}</strong>
          <Stepper name={product.title} count={pieces} least={1} most={most} onChange={setCount} />
        </div>
      )}
      {product.body && <p class="sheet-text">{product.body}</p>}
    </SheetFrame>
  );
}

function Head({ product, variant, till }: { product: Product; variant: Variant | null; till: Till }) {
  const picture = webAddress(product.image_url);
  const cheapest = product.variants.reduce((a, b) => (b.price.amount_minor < a.price.amount_minor ? b : a));
  const shown = variant ?? cheapest;
  return (
    <div class="sheet-product">
      <div class="sheet-picture">{picture ? <img src={picture} alt="" /> : <Icon name="image" size={24} />}</div>
      <div>
        <Price price={shown.price} old={shown.compare_at} />
        {variant && (
          <p class="stock" data-stock={stockMood(variant.stock)}>
            {variant.stock}
          </p>
        )}
      </div>
      {variant && <Heart variant={variant.id} title={product.title} till={till} />}
    </div>
  );
}

/** What is sold out can be waited for: asking is a sentence of the shopper's, so that the bot confirms it. */
function Waiting({ product, controller }: { product: Product; controller: Controller }) {
  const { t } = useWords();
  const gone = product.variants.filter((variant) => variant.most === 0).slice(0, 3);
  if (gone.length === 0) return null;
  const ask = (variant: Variant) => {
    controller.till.close();
    controller.say(t("restockWish", { what: `${product.title} ${variant.title}`.trim() }));
  };
  return (
    <ul class="sheet-waiting">
      {gone.map((variant) => (
        <li key={variant.id}>
          <span>{t("soldOutOf", { what: variant.title || product.title })}</span>
          <button class="button" type="button" onClick={() => ask(variant)}>
            {t("restock")}
          </button>
        </li>
      ))}
    </ul>
  );
}
