// What the customer thought of earlier conversations.
import { useWords } from "../words/words";
import type { Customer } from "../wire";
import { Section } from "./Section";

export function Ratings({ ratings }: { ratings: NonNullable<Customer["ratings"]> }) {
  const t = useWords();
  if (ratings.length === 0) return null;
  return (
    <Section id="ratings" title={t("desk.customer.ratings")}>
      <ul class="trail">
        {ratings.map((one) => (
          <li key={one.conversation} class="trail-title">
            <b>{t("desk.rated", { score: one.score })}</b>
            {one.words && <span class="quiet"> {one.words}</span>}
          </li>
        ))}
      </ul>
    </Section>
  );
}
