// The inboxes: how each is, what to do about it, and what else can be connected.
import { Glyph } from "../../icons";
import { ChannelMark } from "../../marks";
import { useStore } from "../../state/store";
import { ago, useNow } from "../../words/time";
import { useChannelName, useLanguage, useWords } from "../../words/words";
import { Loaded, useKnown } from "../parts/Loaded";
import { Part } from "../parts/Parts";
import { linkTo, settingsPlace } from "../place";
import { type Boxes, type ChannelKind, type Inbox, loadBoxes, withInbox } from "./inboxes";
import { InboxPart } from "./InboxPart";
import { SetUpPart } from "./SetUpPart";

export function InboxesPage() {
  const known = useKnown<Boxes>(loadBoxes);
  return <Loaded known={known}>{(boxes) => <Inside boxes={boxes} set={known.set} />}</Loaded>;
}

function Inside({ boxes, set }: { boxes: Boxes; set: (boxes: Boxes) => void }) {
  const t = useWords();
  const part = useStore(settingsPlace, (place) => place.part);
  const took = (one: Inbox) => set(withInbox(boxes, one));
  const kind = boxes.channels.find((one) => part === `new/${one.kind}`);
  const box = boxes.inboxes.find((one) => part === String(one.id));
  return (
    <main class="settings-page">
      {part !== "" && (
        <p>
          <a class="link" {...linkTo("inboxes")}>
            {t("inboxes.all")}
          </a>
        </p>
      )}
      {kind && <SetUpPart key={kind.kind} kind={kind} took={took} />}
      {box && <InboxPart key={box.id} box={box} kind={boxes.channels.find((one) => one.kind === box.channel) ?? null} took={took} />}
      {!kind && !box && <Overview boxes={boxes} />}
    </main>
  );
}

function Overview({ boxes }: { boxes: Boxes }) {
  const t = useWords();
  const worst = boxes.inboxes.find((one) => one.active && one.troubles.length > 0);
  return (
    <>
      {worst && <Worst box={worst} />}
      <Part title={t("settings.inboxes")} lead={t("inboxes.lead")}>
        {boxes.inboxes.length === 0 && <p class="quiet">{t("inboxes.none")}</p>}
        <ul class="lines">
          {boxes.inboxes.map((one) => (
            <Line key={one.id} box={one} />
          ))}
        </ul>
      </Part>
      <Part title={t("inboxes.more")}>
        <ul class="kinds">
          {boxes.channels.map((one) => (
            <li key={one.kind}>
              <KindLink kind={one} />
            </li>
          ))}
        </ul>
      </Part>
    </>
  );
}

function Worst({ box }: { box: Inbox }) {
  const t = useWords();
  const own = useLanguage();
  return (
    <section class="notice notice-wait" aria-label={t("inboxes.worst")}>
      <Glyph name="warn" size={16} />
      <p class="notice-words">
        <b>{box.name}</b>
        <span>{box.troubles[0]?.[own]}</span>
      </p>
      <a class="act" {...linkTo("inboxes", String(box.id))}>
        {t("inboxes.mend")}
      </a>
    </section>
  );
}

function Line({ box }: { box: Inbox }) {
  const t = useWords();
  const now = useNow();
  const channelName = useChannelName();
  return (
    <li class={box.active ? "line" : "line line-off"}>
      <span class="mark-square">
        <ChannelMark channel={box.channel} />
      </span>
      <span class="line-words">
        <a class="link" {...linkTo("inboxes", String(box.id))}>
          <b>{box.name}</b>
        </a>
        <span class="quiet">{channelName(box.channel)}</span>
      </span>
      <span class="line-words">
        <State box={box} />
        <span class="quiet">
          {box.last_in_at === null ? t("inboxes.nothingYet") : t("inboxes.lastIn", { ago: ago(t, box.last_in_at, now) })}
          {box.quota_left !== null && ` · ${t("inboxes.left", { n: box.quota_left })}`}
        </span>
      </span>
    </li>
  );
}

export function State({ box }: { box: Inbox }) {
  const t = useWords();
  if (!box.active) return <span class="state state-off">{t("inboxes.off")}</span>;
  if (box.troubles.length > 0)
    return (
      <span class="state state-wrong">
        <Glyph name="warn" size={14} />
        {t("inboxes.wrong", { n: box.troubles.length })}
      </span>
    );
  return (
    <span class="state">
      <span class="dot dot-matsu" />
      {t("inboxes.well")}
    </span>
  );
}

function KindLink({ kind }: { kind: ChannelKind }) {
  const channelName = useChannelName();
  const known = channelName(kind.kind);
  return (
    <a class="kind" {...linkTo("inboxes", `new/${kind.kind}`)}>
      <ChannelMark channel={kind.kind} class="channel-24" />
      {known === kind.kind ? kind.name : known}
      <Glyph name="plus" size={16} />
    </a>
  );
}
