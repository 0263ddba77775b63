// A reply's block as the agent reads it: what the customer was shown, without its presses.
import { date, money } from "../../kit/locale";
import { Glyph, type GlyphName } from "../icons";
import type { Action, Block, ProductCard } from "../wire";
import { useLanguage, useWords } from "../words/words";
import { FileView } from "./MessageBody";
import { ReceiptView } from "./ReceiptView";

export function BlockView({ block }: { block: Block }) {
  const t = useWords();
  const language = useLanguage();
  switch (block.type) {
    case "text":
      return (
        <div class="bubble bubble-out">
          <p>{block.text}</p>
          {block.source && (
            <p class="source">
              <Glyph name="book" size={14} />
              {t("desk.source", { source: block.source })}
            </p>
          )}
        </div>
      );
    case "image":
    case "video":
    case "audio":
    case "file":
      return <FileView kind={block.type} file={block.file} alt={block.alt_text ?? t(`desk.${block.type}`)} out />;
    case "product_card":
      return <Card card={block} />;
    case "carousel":
      return <Cards cards={block.cards} />;
    case "choice_list":
      return (
        <Sheet title={block.title || t("desk.block.choices")} glyph="note">
          <Labels labels={block.items.map((item) => item.title)} />
        </Sheet>
      );
    case "buttons":
      return (
        <div class="bubble bubble-out">
          {block.text && <p>{block.text}</p>}
          <Labels labels={block.actions.map(labelOf)} />
        </div>
      );
    case "quick_replies":
      return <Labels labels={block.actions.map(labelOf)} name={t("desk.block.replies")} />;
    case "coupon":
      return (
        <Sheet title={block.title || t("desk.block.coupon")} glyph="ticket">
          <p class="code figures">{block.code}</p>
          {block.description && <p>{block.description}</p>}
          {block.expires_at && <p class="quiet">{t("desk.block.until", { date: date(block.expires_at, language) })}</p>}
        </Sheet>
      );
    case "receipt":
      return (
        <Sheet title={t(block.number ? "desk.block.receipt" : "desk.block.cart")} glyph="bag">
          <ReceiptView receipt={block} />
        </Sheet>
      );
    case "order_status":
      return (
        <Sheet title={t("desk.block.order", { number: block.number })} glyph="box">
          <p>{block.status}</p>
          <p class="quiet figures">{[block.carrier, block.tracking_number].filter(Boolean).join(" ")}</p>
        </Sheet>
      );
    case "payment_request":
      return (
        <Sheet title={block.title || t("desk.block.payment")} glyph="wallet">
          <p class="figures">{money(block.total, language)}</p>
        </Sheet>
      );
    case "form":
      return (
        <Sheet title={block.title || t("desk.block.form")} glyph="note">
          <ol class="asked-fields">
            {block.fields.map((field) => (
              <li key={field.name}>{field.label}</li>
            ))}
          </ol>
        </Sheet>
      );
    default:
      return <p class="bubble bubble-out">{(block as { alt_text?: string }).alt_text || t("desk.unknownKind")}</p>;
  }
}

const labelOf = (action: Action): string => action.label;

function Labels({ labels, name }: { labels: string[]; name?: string }) {
  return (
    <ul class="labels" aria-label={name}>
      {labels.filter(Boolean).map((label) => (
        <li class="choice-label" key={label}>
          {label}
        </li>
      ))}
    </ul>
  );
}

interface SheetProps {
  title: string;
  glyph: GlyphName;
  children: preact.ComponentChildren;
}

function Sheet({ title, glyph, children }: SheetProps) {
  return (
    <div class="sheet-block">
      <p class="sheet-title">
        <Glyph name={glyph} size={16} />
        {title}
      </p>
      {children}
    </div>
  );
}

function Cards({ cards }: { cards: readonly ProductCard[] }) {
  const t = useWords();
  return (
    <ul class="cards" tabIndex={0} aria-label={t("desk.block.cards", { n: cards.length })}>
      {cards.map((card, index) => (
        <li key={index}>
          <Card card={card} />
        </li>
      ))}
    </ul>
  );
}

function Card({ card }: { card: ProductCard }) {
  const language = useLanguage();
  const picture = card.image_url;
  return (
    <div class="card">
      <span class="card-picture">
        {picture ? <img src={picture} alt="" loading="lazy" /> : <Glyph name="bag" size={24} />}
      </span>
      <span class="card-words">
        <span class="card-title">{card.title}</span>
        {card.facts && <span class="quiet">{card.facts}</span>}
        {card.price && <span class="card-price figures">{money(card.price, language)}</span>}
        {card.stock && <span class="card-stock">{card.stock}</span>}
      </span>
    </div>
  );
}
