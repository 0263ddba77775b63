// Where the shopper writes. Enter sends where there is a real keyboard, never while an IME is composing.
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../../../kit/icons";
import { safeStorage } from "../../../kit/storage";
import type { Session } from "../../../kit/types";
import { useAttachment } from "../attachment";
import { framed } from "../bridge";
import type { Controller } from "../controller";
import { useExtras } from "../extras/Extras";
import type { PanelState } from "../state";
import { useWords } from "../words";
import { AttachButton } from "./AttachButton";
import { AttachmentView } from "./Attachment";

const LINES = 5;
const LONGEST = 10_000;
const store = safeStorage();
const fine = () => matchMedia("(pointer: fine)").matches;

interface Props {
  state: PanelState;
  session: Session;
  controller: Controller;
}

export function Composer({ state, session, controller }: Props) {
  const { t } = useWords();
  const [text, setText] = useDraft(`kaiwa.draft.${controller.calls.inbox}.${session.visitor}`);
  const field = useRef<HTMLTextAreaElement>(null);
  const composing = useRef(false);
  const attachment = useAttachment(controller.calls, session);
  useGrowth(field, text);
  useEffect(() => {
    if (framed && state.open && fine()) field.current?.focus();
  }, [state.open]);

  const ready = attachment.uploaded !== null || (text.trim() !== "" && !attachment.busy);
  const send = () => {
    if (!ready) return;
    controller.say(text.trim(), null, attachment.uploaded);
    setText("");
    attachment.clear();
    field.current?.focus();
  };
  const write = (words: string) => {
    const at = field.current?.selectionEnd ?? text.length;
    setText((before) => before.slice(0, at) + words + before.slice(at));
  };
  const extras = useExtras({
    onWords: write,
    onSticker: (name, words) => controller.stick(name, words),
    onBack: () => field.current?.focus(),
  });
  const onKeyDown = (event: KeyboardEvent) => {
    // Safari ends the composition before it tells of the Enter that ended it; 229 is that Enter.
    if (event.key !== "Enter" || event.isComposing || event.keyCode === 229 || composing.current) return;
    const forced = event.ctrlKey || event.metaKey;
    if (event.shiftKey || (!forced && !fine())) return;
    event.preventDefault();
    send();
  };
  const pick = (files: FileList | null | undefined) => {
    const file = files?.[0];
    if (file) attachment.take(file);
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {extras.layer}
      <AttachmentView attachment={attachment} limit={session.file_limit_bytes} />
      <div class="composer-row">
        <AttachButton types={session.file_types} onFile={attachment.take} />
        <div class="field">
          <textarea
            ref={field}
            id="field"
            rows={1}
            maxLength={LONGEST}
            value={text}
            aria-label={t("placeholder")}
            placeholder={t(state.cutAt === null ? "placeholder" : "placeholderOffline")}
            enterkeyhint="enter"
            onInput={(event) => {
              setText(event.currentTarget.value);
              controller.typing();
            }}
            onKeyDown={onKeyDown}
            onCompositionStart={() => (composing.current = true)}
            onCompositionEnd={() => (composing.current = false)}
            onPaste={(event) => pick(event.clipboardData?.files)}
          />
          {extras.buttons}
          <button class="send" type="submit" aria-label={t("send")} disabled={!ready}>
            <Icon name="send" />
          </button>
        </div>
      </div>
    </form>
  );
}

/** What is being written survives closing and reloading. */
function useDraft(key: string): [string, (text: string | ((before: string) => string)) => void] {
  const [text, setText] = useState(() => store.get(key) ?? "");
  const present = useRef(text);
  const change = (wanted: string | ((before: string) => string)) => {
    const next = typeof wanted === "string" ? wanted : wanted(present.current);
    present.current = next;
    setText(next);
    if (next) store.set(key, next);
    else store.remove(key);
  };
  return [text, change];
}

function useGrowth(field: { current: HTMLTextAreaElement | null }, text: string): void {
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = "auto";
    const style = getComputedStyle(element);
    const around = Number.parseFloat(style.paddingTop) + Number.parseFloat(style.paddingBottom);
    const most = Number.parseFloat(style.lineHeight) * LINES + around;
    element.style.height = `${Math.min(element.scrollHeight, most)}px`;
    element.style.overflowY = element.scrollHeight > most ? "auto" : "hidden";
  }, [text]);
}
