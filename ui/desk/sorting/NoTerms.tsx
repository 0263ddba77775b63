// What stands where no label or team does: still being asked for, not to be had, or there is none.
import { useDesk } from "../state/desk-context";
import { useStore } from "../state/store";
import { useWords } from "../words/words";

interface Props {
  of: "label" | "team";
  /** How such a line looks where it stands. */
  look: string;
}

export function NoTerms({ of, look }: Props) {
  const t = useWords();
  const { terms } = useDesk();
  const phase = useStore(terms.store, (state) => state.phase);
  if (phase === "loading")
    return (
      <p class={look} role="status">
        {t("desk.checking")}
      </p>
    );
  if (phase === "ready") return <p class={look}>{t(`desk.${of}.none`)}</p>;
  return (
    <p class={look} role="alert">
      {t("desk.terms.failed")}{" "}
      <button type="button" class="link" onClick={() => void terms.load()}>
        {t("desk.again")}
      </button>
    </p>
  );
}
