// Labels to put on and take off; who may organise also adds one here.
import { useState } from "preact/hooks";
import { ApiError } from "../../kit/api";
import { Glyph } from "../icons";
import { useDesk } from "../state/desk-context";
import { NoTerms } from "./NoTerms";
import { useStore } from "../state/store";
import { useWords } from "../words/words";

interface LabelProps {
  /** What is on: of several conversations, what is on all of them. */
  on: ReadonlySet<number>;
  onTurn: (id: number, put: boolean) => void;
}

export function LabelChoices({ on, onTurn }: LabelProps) {
  const t = useWords();
  const { terms, agent } = useDesk();
  const labels = useStore(terms.store, (state) => state.labels);
  return (
    <>
      {labels.length === 0 && <NoTerms of="label" look="item-none" />}
      <div class="item-scroll" role={labels.length > 0 ? "menu" : undefined} aria-label={labels.length > 0 ? t("desk.labels") : undefined}>
        {labels.map((one) => (
          <button
            key={one.id}
            type="button"
            role="menuitemcheckbox"
            aria-checked={on.has(one.id)}
            class="item"
            onClick={() => onTurn(one.id, !on.has(one.id))}
          >
            <Glyph name="tag" size={16} />
            {one.name}
            {on.has(one.id) && <Glyph name="check" size={16} class="item-end" />}
          </button>
        ))}
      </div>
      {agent.role !== "agent" && <NewLabel onMade={(id) => onTurn(id, true)} />}
    </>
  );
}

function NewLabel({ onMade }: { onMade: (id: number) => void }) {
  const t = useWords();
  const { terms } = useDesk();
  const [name, setName] = useState("");
  const [fault, setFault] = useState("");
  const add = async () => {
    try {
      const made = await terms.addLabel(name);
      setName("");
      setFault("");
      onMade(made.id);
    } catch (problem) {
      setFault(problem instanceof ApiError ? problem.message : "");
    }
  };
  return (
    <form
      class="item-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim()) void add();
      }}
    >
      <input
        class="field"
        maxLength={40}
        value={name}
        aria-label={t("desk.label.new")}
        placeholder={t("desk.label.new")}
        onInput={(event) => setName(event.currentTarget.value)}
      />
      <button type="submit" class="act" disabled={!name.trim()}>
        {t("desk.label.add")}
      </button>
      {fault && (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
    </form>
  );
}
