import { useLate } from "../shell/late";
import { useWords } from "../words/words";

/** The shape of the rows to come, still, and only when the wait can be noticed. */
export function RowSkeletons() {
  const t = useWords();
  const late = useLate(120);
  return (
    <div aria-busy="true">
      <p class="unseen" role="status">
        {t("desk.list.loading")}
      </p>
      {late &&
        [0, 1, 2, 3, 4, 5, 6, 7].map((index) => (
          <div class="row-bones" key={index} aria-hidden="true">
            <span class="bone bone-round" />
            <span class="bone bone-name" />
            <span class="bone bone-text" />
            <span class="bone bone-chip" />
          </div>
        ))}
    </div>
  );
}
