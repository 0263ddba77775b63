import { type ComponentChildren, Fragment } from "preact";
import { span } from "../staff/due";
import { useDesk } from "../state/desk-context";
import { useStore } from "../state/store";
import { useNow } from "../words/time";
import { type Words, useWords } from "../words/words";

export function Tiles() {
  const t = useWords();
  const { board } = useDesk();
  const { totals, agents } = useStore(board.store, (state) => state);
  const soon = useStore(board.soon.store, (state) => state.shown.length);
  const now = useNow(10_000);
  if (!totals) return null;
  const here = [...agents.values()].filter((one) => one.status === "online").length;
  const longest = totals.longest_since ? now - Date.parse(totals.longest_since) : null;
  return (
    <dl class="tiles">
      <Tile name={t("board.waiting")} note={longest === null ? t("board.nobody") : t("board.longest", { time: span(t, longest) })}>
        <Number n={totals.waiting} unit={t("board.waiting.unit")} />
      </Tile>
      <Tile name={t("board.late")} tone={totals.late > 0 ? "tone-shu" : ""} note={t("board.soon", { n: Math.max(0, soon - totals.late) })}>
        <Number n={totals.late} unit={t("board.unit")} />
      </Tile>
      <Tile
        name={t("board.first")}
        note={totals.first_reply_s === null ? t("board.first.none") : t("board.first.note", { n: totals.first_replies })}
        more={t("board.definition", { id: totals.first_reply_definition })}
      >
        <Took t={t} seconds={totals.first_reply_s} />
      </Tile>
      <Tile name={t("board.bot")} note={t("board.bot.note")}>
        <Number n={totals.bot} unit={t("board.unit")} />
      </Tile>
      <Tile name={t("board.agent")} note={t("board.agent.note", { n: here })}>
        <Number n={totals.agent} unit={t("board.unit")} />
      </Tile>
    </dl>
  );
}

interface TileProps {
  name: string;
  note: string;
  more?: string;
  tone?: string;
  children: ComponentChildren;
}

function Tile({ name, note, more, tone = "", children }: TileProps) {
  return (
    <div class="tile">
      <dt>{name}</dt>
      <dd class={`tile-number figures ${tone}`}>{children}</dd>
      <dd class="tile-note figures">{note}</dd>
      {more && (
        <dd class="tile-note tile-more">
          {more.split(/(?<=\.)/).map((part, at) => (
            <Fragment key={at}>
              {at > 0 && <wbr />}
              {part}
            </Fragment>
          ))}
        </dd>
      )}
    </div>
  );
}

function Number({ n, unit }: { n: number; unit: string }) {
  return (
    <>
      {n} <small>{unit}</small>
    </>
  );
}

function Took({ t, seconds }: { t: Words; seconds: number | null }) {
  if (seconds === null) return <>—</>;
  const whole = Math.round(seconds);
  if (whole < 60) return <Sized words={t("staff.seconds", { n: whole })} />;
  if (whole >= 3600) return <Sized words={span(t, whole * 1000)} />;
  const rest = whole % 60;
  return <Sized words={[span(t, whole * 1000), rest ? t("staff.seconds", { n: rest }) : ""].join(" ").trim()} />;
}

/** The figures are read from afar, their units from near: "3 min 19 s" has the room of a number. */
function Sized({ words }: { words: string }) {
  return (
    <>
      {words.split(/(\d+)/).map((part, at) => (at % 2 ? part : part && <small key={at}>{part}</small>))}
    </>
  );
}
