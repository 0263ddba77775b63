// What one speaker said within three minutes: one name, one mark, one line of time and state at the end.
import { Glyph } from "../icons";
import { BotMark, ChannelMark, PersonMark } from "../marks";
import type { OpenThread } from "../state/open-thread";
import type { DeskMessage } from "../wire";
import { exact, hour } from "../words/time";
import { type Words, useChannelName, useLanguage, useWords } from "../words/words";
import { MessageBody } from "./MessageBody";
import { SendState, StateWords } from "./SendState";
import { SendTrouble } from "./SendTrouble";
import { DegradationNote } from "./DegradationNote";

interface GroupProps {
  messages: readonly DeskMessage[];
  /** The conversation they are of. */
  of: number;
  /** The open one, in which something can still be done; none for one of before. */
  thread?: OpenThread;
}

export function MessageGroup({ messages, of, thread }: GroupProps) {
  const t = useWords();
  const [first] = messages;
  if (!first) return null;
  const out = first.direction === "out";
  return (
    <div class={out ? "group group-out" : "group"}>
      {out && (
        <p class="speaker">
          <b>{speakerName(t, first)}</b>
          <span>{t(first.sender === "customer" ? "desk.speaker.customer" : `desk.speaker.${first.sender}`)}</span>
        </p>
      )}
      {out && (first.sender === "bot" ? <BotMark size={28} /> : <PersonMark name={speakerName(t, first)} size={28} />)}
      <div class="group-messages">
        {messages.map((message, index) => (
          <OneMessage
            key={message.seq}
            message={message}
            of={of}
            thread={thread}
            end={index === messages.length - 1 || message.state !== messages[index + 1]?.state}
          />
        ))}
      </div>
    </div>
  );
}

export function speakerName(t: Words, message: DeskMessage): string {
  if (message.name) return message.name;
  return t(message.sender === "customer" ? "desk.speaker.customer" : "desk.speaker.shop");
}

interface OneProps {
  message: DeskMessage;
  of: number;
  thread: OpenThread | undefined;
  end: boolean;
}

function OneMessage({ message, of, thread, end }: OneProps) {
  const t = useWords();
  const language = useLanguage();
  const channelName = useChannelName();
  const out = message.direction === "out";
  const name = [speakerName(t, message), channelName(message.channel), hour(message.occurred_at, language)];
  if (out) name.push(t(`desk.state.${message.state}`));
  const trouble = thread && out && (message.state === "failed" || message.state === "unknown");
  return (
    <article
      class={`message message-${out ? "out" : "in"} message-${message.state}`}
      id={`message-${of}-${message.seq}`}
      tabIndex={-1}
      // How many there will be nobody knows; where it stands in the whole is known before the rest is loaded.
      aria-posinset={message.seq}
      aria-setsize={-1}
      aria-label={name.join(language === "ja" ? "、" : ", ")}
    >
      <MessageBody message={message} />
      {trouble && <SendTrouble message={message} thread={thread} />}
      {(end || message.edited_at) && !trouble && (
        <p class="meta figures">
          <ChannelMark channel={message.channel} />
          <span>{channelName(message.channel)}</span>
          <time dateTime={message.occurred_at} title={exact(message.occurred_at, language)}>
            {hour(message.occurred_at, language)}
          </time>
          {message.edited_at && (
            <span class="meta-edited">
              <Glyph name="pencil" size={12} />
              {t("desk.edited")}
            </span>
          )}
          {out && (thread ? <SendState message={message} thread={thread} /> : <StateWords state={message.state} />)}
        </p>
      )}
      {out && message.degradations.length > 0 && <DegradationNote message={message} />}
    </article>
  );
}
