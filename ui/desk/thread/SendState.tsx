// How far a reply has come: always in words, with the sign beside them.
import { useState } from "preact/hooks";
import { Glyph, type GlyphName } from "../icons";
import { useLate } from "../shell/late";
import type { OpenThread } from "../state/open-thread";
import type { DeskMessage } from "../wire";
import { useWords } from "../words/words";

const GLYPHS: Partial<Record<DeskMessage["state"], GlyphName>> = {
  queued: "clock", sending: "clock", accepted: "check", delivered: "checks", read: "checks", cancelled: "close",
};

export function SendState({ message, thread }: { message: DeskMessage; thread: OpenThread }) {
  if (message.state === "sending") return <Sending key={message.seq} />;
  return (
    <>
      <StateWords state={message.state} />
      {message.state === "queued" && <CancelLink message={message} thread={thread} />}
    </>
  );
}

export function StateWords({ state }: { state: DeskMessage["state"] }) {
  const t = useWords();
  const glyph = GLYPHS[state];
  return (
    <span class={`sent sent-${state}`}>
      {t(`desk.state.${state}`)}
      {glyph && <Glyph name={glyph} size={14} />}
    </span>
  );
}

/** Most sends are over before this could be read. */
function Sending() {
  const late = useLate(600);
  return late ? <StateWords state="sending" /> : null;
}

function CancelLink({ message, thread }: { message: DeskMessage; thread: OpenThread }) {
  const t = useWords();
  const [fault, setFault] = useState(false);
  // Claimed in the meantime: the state that follows says what came of it.
  const cancel = () => thread.conversation.cancel(message).catch(() => setFault(true));
  return (
    <>
      <button type="button" class="link" onClick={() => void cancel()}>
        {t("desk.send.cancel")}
      </button>
      {fault && <span role="alert">{t("desk.send.actFailed")}</span>}
    </>
  );
}
