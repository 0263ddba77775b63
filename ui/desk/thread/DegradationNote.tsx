import { Glyph } from "../icons";
import type { DeskMessage } from "../wire";
import { useChannelName, useWords } from "../words/words";

/** What the channel could not carry as it was meant, and what left instead. */
export function DegradationNote({ message }: { message: DeskMessage }) {
  const t = useWords();
  const channelName = useChannelName();
  const told = message.degradations.map(wordsOfDegradation).filter(Boolean);
  const words = told.length > 0 ? told.join(" / ") : t("desk.degraded", { channel: channelName(message.channel) });
  return (
    <div class="degraded">
      <Glyph name="info" size={14} />
      <div>
        <span>{words}</span>
        {message.sent_as !== undefined && message.sent_as !== null && (
          <details>
            <summary>{t("desk.degraded.sent")}</summary>
            <pre tabIndex={0}>{typeof message.sent_as === "string" ? message.sent_as : JSON.stringify(message.sent_as, null, 2)}</pre>
          </details>
        )}
      </div>
    </div>
  );
}

function wordsOfDegradation(one: unknown): string {
  if (typeof one === "string") return one;
  const told = (one ?? {}) as { message?: unknown; text?: unknown };
  return String(told.message ?? told.text ?? "");
}
