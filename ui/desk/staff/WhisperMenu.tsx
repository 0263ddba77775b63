// A supervisor tells whoever answers something the customer never sees.
import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { newClientId } from "../../kit/ids";
import { Glyph } from "../icons";
import { Popover } from "../shell/Popover";
import { post } from "../state/api";
import { useDesk } from "../state/desk-context";
import type { Row } from "../wire";
import { useWords } from "../words/words";

/** On a phone it stands in the customer's sheet: the head has room for a name and the next act. */
export function WhisperMenu({ row, apart = false }: { row: Row; apart?: boolean }) {
  const t = useWords();
  const { agent } = useDesk();
  const { assignee } = row;
  const other = row.status === "open" && row.answered_by === "agent" && assignee && assignee.id !== agent.id;
  if (agent.role === "agent" || !other) return null;
  return (
    <Popover id={apart ? undefined : "act-whisper"} label={t("staff.whisper.to", { name: assignee.name })} kind="dialog" align={apart ? "start" : "end"} buttonClass="icon-button" button={<Glyph name="balloon" size={16} />}>
      {(close) => <WhisperForm row={row} name={assignee.name} onDone={close} />}
    </Popover>
  );
}

function WhisperForm({ row, name, onDone }: { row: Row; name: string; onDone: () => void }) {
  const t = useWords();
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => field.current?.focus(), []);
  const [text, setText] = useState("");
  // The same words twice are one whisper, also when the first answer was lost.
  const [client] = useState(newClientId);
  const [state, setState] = useState<"idle" | "busy" | "failed">("idle");
  const tell = async (event: SubmitEvent) => {
    event.preventDefault();
    if (state === "busy" || !text.trim()) return;
    setState("busy");
    try {
      await post(`/api/conversations/${row.id}/whisper`, { client_id: client, text });
      onDone();
    } catch {
      setState("failed");
    }
  };
  return (
    <form class="whisper-form" onSubmit={tell}>
      <label for={id}>{t("staff.whisper.to", { name })}</label>
      <textarea ref={field} id={id} class="input" rows={3} maxLength={2000} value={text} aria-describedby={`${id}-hint`} onInput={(event) => setText(event.currentTarget.value)} />
      <p class="quiet" id={`${id}-hint`}>
        {t("staff.whisper.hint")}
      </p>
      {state === "failed" && (
        <p class="fault" role="alert">
          {t("staff.whisper.failed")}
        </p>
      )}
      <button type="submit" class="act act-main" disabled={!text.trim() || state === "busy"}>
        {t(state === "busy" ? "staff.whisper.sending" : "staff.whisper.send")}
      </button>
    </form>
  );
}
