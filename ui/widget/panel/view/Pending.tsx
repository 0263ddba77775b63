// A message that the server has not shown back yet: what became of it is said in words.
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../../../kit/icons";
import { time } from "../../../kit/locale";
import type { Entry } from "../../../kit/outbox";
import type { Draft } from "../calls";
import type { Controller } from "../controller";
import { useWords } from "../words";
import { Bubble } from "./Bubble";
import { FileView, kindOf } from "./blocks/FileView";

const QUIET_MS = 600;

interface Props {
  entry: Entry<Draft>;
  cut: boolean;
  controller: Controller;
}

export function Pending({ entry, cut, controller }: Props) {
  const late = useLate(entry.at);
  const look = lookOf(entry, cut, late);
  const { text, preview } = entry.draft;
  return (
    <section class="group group-own" data-place={entry.draft.client_id}>
      {preview && <FileView type={kindOf(preview.type)} file={preview} alt={preview.name} />}
      {text && <Bubble text={text} state={look === "durable" ? undefined : look} />}
      <Words entry={entry} look={look} controller={controller} />
    </section>
  );
}

type Look = "durable" | "sending" | "queued" | "failed";

function lookOf(entry: Entry<Draft>, cut: boolean, late: boolean): Look | undefined {
  if (entry.state === "failed" || entry.state === "durable") return entry.state;
  if (cut && late) return "queued";
  return late ? "sending" : undefined;
}

function Words({ entry, look, controller }: { entry: Entry<Draft>; look: Look | undefined; controller: Controller }) {
  const { t, language } = useWords();
  const id = entry.draft.client_id;
  if (look === "failed") {
    return (
      <div class="failed" role="alert">
        <span class="failed-words">
          <Icon name="alert" size={16} />
          {t("failed")}
        </span>
        {entry.retryable && (
          <button class="button button-line" type="button" onClick={() => controller.retry(id)}>
            <Icon name="retry" size={16} />
            {t("again")}
          </button>
        )}
        <button class="button" type="button" onClick={() => controller.remove(id)}>
          {t("delete")}
        </button>
      </div>
    );
  }
  return (
    <p class="group-time figures">
      {look === "durable" && `${t("sent")} ${time(new Date(entry.at), language)}`}
      {look === "sending" && <Clock text={t("sending")} />}
      {look === "queued" && <Clock text={t("queued")} />}
      {!look && "\u00a0"}
    </p>
  );
}

function Clock({ text }: { text: string }) {
  return (
    <span class="clock">
      <Icon name="clock" size={14} />
      {text}
    </span>
  );
}

/** Most messages are through before anybody could read that they are on their way. */
function useLate(at: number): boolean {
  const [late, setLate] = useState(Date.now() - at > QUIET_MS);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), Math.max(0, at + QUIET_MS - Date.now()));
    return () => clearTimeout(timer);
  }, [at]);
  return late;
}
