// The conversation: its head, its timeline, and the place to answer.
import { useEffect } from "preact/hooks";
import { Composer } from "../composer/Composer";
import { useLate } from "../shell/late";
import { PHONE, useMedia } from "../shell/media";
import type { OpenThread } from "../state/open-thread";
import { useStore } from "../state/store";
import { useWords } from "../words/words";
import { ThreadHead } from "./ThreadHead";
import { Timeline } from "./Timeline";

interface ColumnProps {
  thread: OpenThread;
  /** Null where the customer's panel stands beside the thread anyway. */
  onCustomer: (() => void) | null;
}

export function ThreadColumn({ thread, onCustomer }: ColumnProps) {
  const t = useWords();
  const phase = useStore(thread.conversation.store, (state) => state.phase);
  // On a phone the list is gone now, so the focus must not stay on nothing.
  const phone = useMedia(PHONE);
  useEffect(() => {
    if (phone && document.activeElement === document.body) document.getElementById("thread")?.focus({ preventScroll: true });
  }, [phone]);
  if (phase === "missing")
    return (
      <div class="rest">
        <p role="alert">{t("desk.thread.missing")}</p>
      </div>
    );
  return (
    <>
      <ThreadHead thread={thread} onCustomer={onCustomer} />
      {phase === "ready" && <Timeline thread={thread} />}
      {phase === "loading" && <ThreadBones onAgain={() => void thread.load()} />}
      {phase === "failed" && (
        <div class="rest">
          <p role="alert">{t("desk.thread.failed")}</p>
          <button type="button" class="button button-line" onClick={() => void thread.load()}>
            {t("desk.again")}
          </button>
        </div>
      )}
      <Composer thread={thread} />
    </>
  );
}

function ThreadBones({ onAgain }: { onAgain: () => void }) {
  const t = useWords();
  const late = useLate(120);
  const slow = useLate(3000);
  return (
    <div class="bones" aria-busy="true">
      <p class="unseen" role="status">
        {t("desk.thread.loading")}
      </p>
      {slow && (
        <p class="bones-slow" role="status">
          {t("desk.thread.slow")}
          <button type="button" class="button button-line" onClick={onAgain}>
            {t("desk.again")}
          </button>
        </p>
      )}
      {late && ["in", "out", "in", "out-long", "in-long"].map((shape) => <span class={`bone bone-${shape}`} key={shape} />)}
    </div>
  );
}
