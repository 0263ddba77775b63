import { answerWords } from "../../../../kit/filled";
import { Icon } from "../../../../kit/icons";
import type { FilledForm } from "../../../../kit/types";
import { useWords } from "../../words";

/** What the shopper answered in a form. */
export function AnswerCard({ answer }: { answer: FilledForm }) {
  const { language } = useWords();
  return (
    <section class="card answers">
      <h2>{answer.title}</h2>
      <dl>
        {answer.filled.map((one) => (
          <div key={one.name}>
            <dt>{one.label}</dt>
            <dd>{one.values.length === 0 ? "–" : one.kind === "consent" ? <Icon name="check" size={16} /> : answerWords(one, language)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
