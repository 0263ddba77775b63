// Cards side by side, the next one always half in view: no dots, no movement of its own.
import { useRef } from "preact/hooks";
import { Icon } from "../../../../kit/icons";
import type { ProductCard } from "../../../../kit/types";
import type { Controller } from "../../controller";
import { useWords } from "../../words";
import { ProductCardView } from "./ProductCard";

export function Carousel({ cards, controller }: { cards: ProductCard[]; controller: Controller }) {
  const { t } = useWords();
  const list = useRef<HTMLUListElement>(null);
  const move = (way: number) => {
    const width = list.current?.firstElementChild?.clientWidth ?? 0;
    list.current?.scrollBy({ left: way * (width + 12), behavior: "smooth" });
  };
  return (
    <div class="carousel">
      <ul
        ref={list}
        class="cards"
        aria-label={t("products", { n: cards.length })}
        onKeyDown={(event) => {
          if (event.key === "ArrowRight") move(1);
          if (event.key === "ArrowLeft") move(-1);
        }}
      >
        {cards.map((card, at) => (
          <li key={card.sku ?? card.handle ?? at}>
            <ProductCardView card={{ ...card, number: card.number ?? at + 1 }} controller={controller} />
          </li>
        ))}
      </ul>
      {cards.length > 1 && (
        <>
          <button class="carousel-arrow" data-way="back" type="button" aria-label={t("previous")} onClick={() => move(-1)}>
            <Icon name="left" />
          </button>
          <button class="carousel-arrow" data-way="on" type="button" aria-label={t("next")} onClick={() => move(1)}>
            <Icon name="right" />
          </button>
        </>
      )}
    </div>
  );
}
