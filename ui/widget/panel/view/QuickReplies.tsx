// Suggested words under the newest message only. A press sends them as the shopper's own.
import type { Action, Message } from "../../../kit/types";
import type { Controller } from "../controller";
import { useWords } from "../words";
import { ActionButton } from "./blocks/ActionButton";

export function QuickReplies({ message, controller }: { message: Message | undefined; controller: Controller }) {
  if (message?.direction !== "out") return null;
  const actions = message.blocks.flatMap((block) => (block.type === "quick_replies" ? block.actions : []));
  return <Replies actions={actions} controller={controller} />;
}

export function Replies({ actions, controller }: { actions: Action[]; controller: Controller }) {
  const { t } = useWords();
  if (actions.length === 0) return null;
  return (
    <div class="replies" role="group" aria-label={t("quickReplies")}>
      {actions.map((action) => (
        <ActionButton key={action.label} action={action} class="reply" controller={controller} />
      ))}
    </div>
  );
}
