// Who and where: people as circles, the machine as a square, channels as small tinted marks.
import { initial, personClass } from "../kit/locale";
import { Glyph, type GlyphName } from "./icons";

const CHANNELS: Record<string, { glyph: GlyphName; tone: string }> = {
  line: { glyph: "balloon", tone: "line" },
  web_chat: { glyph: "chat", tone: "web-chat" },
  email: { glyph: "mail", tone: "other" },
  sms: { glyph: "device", tone: "other" },
  sms_gateway: { glyph: "device", tone: "other" },
  sms_twilio: { glyph: "device", tone: "other" },
  sms_vonage: { glyph: "device", tone: "other" },
  telegram: { glyph: "plane", tone: "other" },
  voice: { glyph: "phone", tone: "other" },
  instagram: { glyph: "instagram", tone: "instagram" },
  whatsapp: { glyph: "whatsapp", tone: "whatsapp" },
  messenger: { glyph: "messenger", tone: "messenger" },
};

interface ChannelMarkProps {
  channel: string;
  class?: string;
}

export function ChannelMark({ channel, class: extra = "" }: ChannelMarkProps) {
  const { glyph, tone } = CHANNELS[channel] ?? { glyph: "chat" as const, tone: "other" };
  return (
    <span class={`channel channel-${tone} ${extra}`} aria-hidden="true">
      <Glyph name={glyph} size={12} />
    </span>
  );
}

interface PersonMarkProps {
  name: string | null;
  size: 20 | 24 | 28 | 32 | 40;
}

/** A letter when the name has one; a figure of a person for numbers and nameless visitors. */
export function PersonMark({ name, size }: PersonMarkProps) {
  const letter = initial(name);
  const named = /\p{L}/u.test(letter);
  return (
    <span class={`mark mark-${size} mark-person ${personClass(name)}`} aria-hidden="true">
      {named ? letter : <Glyph name="person" size={size >= 28 ? 16 : 12} />}
    </span>
  );
}

export function BotMark({ size }: { size: 20 | 28 | 32 }) {
  return (
    <span class={`mark mark-${size} mark-bot`} aria-hidden="true">
      <Glyph name="bot" size={size >= 28 ? 16 : 12} />
    </span>
  );
}
