// Small parts that the settings' pages share: a frame with a heading, what came of an act, a copied text.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Glyph } from "../../icons";
import { useWords } from "../../words/words";
import type { Act } from "./act";

interface PartProps {
  title: string;
  lead?: ComponentChildren;
  end?: ComponentChildren;
  children?: ComponentChildren;
}

export function Part({ title, lead, end, children }: PartProps) {
  return (
    <section class="part">
      <div class="part-head">
        <h2>{title}</h2>
        {end}
      </div>
      {lead && <p class="quiet">{lead}</p>}
      {children}
    </section>
  );
}

export function Fault({ words }: { words: string | null }) {
  return (
    <div role="alert">
      {words && (
        <p class="fault">
          <Glyph name="alert" size={16} />
          <span>{words}</span>
        </p>
      )}
    </div>
  );
}

/** Where the outcome of an act is said: beside the act. */
export function Outcome({ act }: { act: Act }) {
  return (
    <>
      <Fault words={act.fault} />
      <p class="quiet outcome" role="status">
        {act.done && (
          <>
            <Glyph name="check" size={14} />
            {act.done}
          </>
        )}
      </p>
    </>
  );
}

interface SaveProps {
  act: Act;
  words?: string;
  clean?: boolean;
}

export function Save({ act, words, clean = false }: SaveProps) {
  const t = useWords();
  return (
    <button type="submit" class="button button-main" aria-disabled={act.busy || clean}>
      {act.busy ? t("voice.saving") : (words ?? t("voice.save"))}
    </button>
  );
}

/** The first press asks, the second does it. */
export function Twice({ words, sure, onSure, disabled }: { words: string; sure: string; onSure: () => void; disabled?: boolean }) {
  const [asked, setAsked] = useState(false);
  return (
    <button
      type="button"
      class={asked ? "act act-shu" : "act"}
      disabled={disabled}
      onBlur={() => setAsked(false)}
      onClick={() => {
        if (!asked) return setAsked(true);
        setAsked(false);
        onSure();
      }}
    >
      {asked ? sure : words}
    </button>
  );
}

export function Copied({ label, text, lines = 1 }: { label: string; text: string; lines?: number }) {
  const t = useWords();
  const [done, setDone] = useState(false);
  const copy = async () => {
    // Where the browser keeps its clipboard shut, the text is there to be selected.
    await navigator.clipboard?.writeText(text).then(
      () => setDone(true),
      () => undefined,
    );
  };
  return (
    <div class="copied">
      <span class="copied-label">{label}</span>
      <div class="copied-line">
        <code class={lines > 1 ? "copied-text copied-tall" : "copied-text"} tabIndex={0}>
          {text}
        </code>
        <button type="button" class="act" aria-label={t("settings.copyOf", { what: label })} onClick={() => void copy()}>
          <Glyph name={done ? "check" : "file"} size={14} />
          {t(done ? "settings.copied" : "settings.copy")}
        </button>
      </div>
      <span class="unseen" role="status">
        {done && t("settings.copied")}
      </span>
    </div>
  );
}
