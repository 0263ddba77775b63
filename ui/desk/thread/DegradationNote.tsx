import { Glyph } from "../icons";
import type { DeskMessage } from "../wire";
import { useChannelName, useWords } from "../words/words";
import { sentenceOf } from "./degraded";

/** What the channel could not carry as it was meant, and what left instead. */
export function DegradationNote({ message }: { message: DeskMessage }) {
  const t = useWords();
  const channelName = useChannelName();
  const known = message.degradations.map((one) => sentenceOf(one, t)).filter((words) => words !== null);
  const told = known.length > 0 ? [...new Set(known)] : [t("desk.degraded", { channel: channelName(message.channel) })];
  return (
    <div class="degraded">
      <Glyph name="info" size={14} />
      <div>
        {told.map((words) => (
          <p key={words}>{words}</p>
        ))}
        {message.sent_as !== undefined && message.sent_as !== null && (
          <details>
            <summary>{t("desk.degraded.sent")}</summary>
            <pre tabIndex={0}>{JSON.stringify(message.sent_as, null, 2)}</pre>
          </details>
        )}
      </div>
    </div>
  );
}
