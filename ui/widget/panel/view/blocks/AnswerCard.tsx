import { Icon } from "../../../../kit/icons";
import type { FilledForm } from "../../../../kit/types";

/** What the shopper answered in a form. */
export function AnswerCard({ answer }: { answer: FilledForm }) {
  return (
    <section class="card answers">
      <h2>{answer.title}</h2>
      <dl>
        {answer.filled.map((one) => (
          <div key={one.name}>
            <dt>{one.label}</dt>
            <dd>{one.values.length === 0 ? "–" : one.kind === "consent" ? <Icon name="check" size={16} /> : one.values.join(" / ")}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
