// Consecutive messages of one speaker: who it is once, then the bubbles, then the time of the last.
import { serverNow } from "../../../kit/clock";
import { useState } from "preact/hooks";
import { Icon } from "../../../kit/icons";
import { initial, personClass, time } from "../../../kit/locale";
import type { Message } from "../../../kit/types";
import type { Controller } from "../controller";
import type { Group } from "../rows";
import { becomes } from "../so-far";
import { useWords } from "../words";
import { BlockView } from "./blocks/Block";
import { ContentView } from "./Content";

interface Props {
  group: Group;
  /** Its state is said in words. */
  told: boolean;
  controller: Controller;
}

export function GroupView({ group, told, controller }: Props) {
  const { t, language } = useWords();
  const final = group.messages.at(-1)!;
  const shop = controller.panel.get().session?.shop;
  const name = group.own ? t("you") : (group.name ?? (group.person ? t("person") : (shop?.bot_name ?? t("shop"))));
  return (
    <section class={group.own ? "group group-own" : "group"}>
      {!group.own && <Speaker name={name} person={group.person} />}
      {group.messages.map((message) => (
        <MessageView key={`${message.conversation}:${message.seq}`} message={message} who={who(group, name, t)} controller={controller} />
      ))}
      <p class="group-time figures">
        {group.own && told && `${t(final.state === "read" ? "read" : "sent")} `}
        {final.edited_at && `${t("edited")} `}
        <time dateTime={final.occurred_at}>{time(final.occurred_at, language)}</time>
      </p>
    </section>
  );
}

const NEW_MS = 1_500;

function MessageView({ message, who, controller }: { message: Message; who: string; controller: Controller }) {
  const { t, language } = useWords();
  // Only what has just been said comes in with a movement; history is simply there.
  const [isNew] = useState(() => isJustSaid(message) && !becomes(controller.panel.get().soFar, message));
  return (
    <article
      class={isNew ? "message message-new" : "message"}
      data-place={`${message.conversation}:${message.seq}`}
      aria-label={t("messageBy", { who, time: time(message.occurred_at, language) })}
    >
      <Body message={message} controller={controller} />
    </article>
  );
}

function isJustSaid(message: Message): boolean {
  return message.direction === "out" && serverNow() - Date.parse(message.recorded_at) < NEW_MS;
}

function Body({ message, controller }: { message: Message; controller: Controller }) {
  const { t } = useWords();
  if (message.unsent_at || message.content?.type === "unsent") return <p class="thread-note">{t("unsent")}</p>;
  if (message.direction === "in") return <ContentView content={message.content} />;
  return (
    <>
      {message.blocks.map((block, at) => (
        <BlockView key={at} block={block} controller={controller} />
      ))}
    </>
  );
}

export function Speaker({ name, person }: { name: string; person: boolean }) {
  const { t } = useWords();
  return (
    <div class="speaker" aria-hidden="true">
      {person ? (
        <span class={`avatar avatar-person ${personClass(name)}`}>{initial(name)}</span>
      ) : (
        <span class="avatar avatar-bot">
          <Icon name="clerk" />
        </span>
      )}
      <span class="speaker-name">{name}</span>
      <span class={person ? "tag tag-person" : "tag"}>{t(person ? "person" : "bot")}</span>
    </div>
  );
}

function who(group: Group, name: string, t: ReturnType<typeof useWords>["t"]): string {
  if (group.own) return name;
  const separator = document.documentElement.lang === "ja" ? "、" : ", ";
  return name + separator + t(group.person ? "person" : "bot");
}
