// Through which channels a message is tried that cannot go out, in their order.
import { useState } from "preact/hooks";
import { Glyph } from "../../icons";
import { ChannelMark } from "../../marks";
import { get, post } from "../../state/api";
import { useChannelName, useWords } from "../../words/words";
import { useAct } from "../parts/act";
import { Loaded, useKnown } from "../parts/Loaded";
import { Outcome, Part, Save } from "../parts/Parts";
import { isConnected, moved } from "./chain";
import type { ChainShape } from "../../server";

interface Data extends ChainShape {
  connected: string[];
}

async function load(): Promise<Data> {
  const [kept, boxes] = await Promise.all([
    get("/api/fallback"),
    get("/api/inboxes"),
  ]);
  return { ...kept, connected: boxes.inboxes.filter((one) => one.active).map((one) => one.channel) };
}

export function FallbackPage() {
  const known = useKnown(load);
  return <Loaded known={known}>{(data) => <Chain key={data.chain.join()} data={data} set={known.set} />}</Loaded>;
}

function Chain({ data, set }: { data: Data; set: (data: Data) => void }) {
  const t = useWords();
  const name = useChannelName();
  const act = useAct();
  const [chain, setChain] = useState<readonly string[]>(data.chain);
  const clean = chain.join() === data.chain.join();
  const rest = data.known.filter((one) => !chain.includes(one));
  const save = (event: SubmitEvent) => {
    event.preventDefault();
    if (clean || chain.length === 1) return;
    void act.run(async () => set({ ...data, ...(await post("/api/fallback", { chain })) }), t("settings.changed"));
  };
  return (
    <main class="settings-page">
      <form class="settings-form-one" onSubmit={save}>
        <Part title={t("fallback.title")} lead={t("fallback.lead")}>
          {chain.length === 0 && <p class="quiet">{t("fallback.off")}</p>}
          <ol class="lines">
            {chain.map((one, at) => (
              <li key={one} class="line">
                <ChannelMark channel={one} />
                <span class="line-words">
                  <b>{t("fallback.place", { n: at + 1, channel: name(one) })}</b>
                  {!isConnected(one, data.connected) && <span class="quiet">{t("fallback.notConnected")}</span>}
                </span>
                <span class="line-acts">
                  <Move words={t("fallback.up", { channel: name(one) })} glyph="up" disabled={at === 0} onMove={() => setChain(moved(chain, at, -1))} />
                  <Move words={t("fallback.down", { channel: name(one) })} glyph="down" disabled={at === chain.length - 1} onMove={() => setChain(moved(chain, at, 1))} />
                  <Move words={t("fallback.remove", { channel: name(one) })} glyph="close" onMove={() => setChain(chain.filter((other) => other !== one))} />
                </span>
              </li>
            ))}
          </ol>
          <Add rest={rest} onAdd={(one) => setChain([...chain, one])} />
          {chain.length === 1 && <p class="quiet">{t("fallback.two")}</p>}
          <div class="part-foot">
            <Outcome act={act} />
            <Save act={act} clean={clean || chain.length === 1} />
          </div>
        </Part>
      </form>
    </main>
  );
}

interface MoveProps {
  words: string;
  glyph: "up" | "down" | "close";
  disabled?: boolean;
  onMove: () => void;
}

function Move({ words, glyph, disabled = false, onMove }: MoveProps) {
  return (
    <button type="button" class="icon-button" aria-label={words} title={words} disabled={disabled} onClick={onMove}>
      <Glyph name={glyph} size={16} />
    </button>
  );
}

function Add({ rest, onAdd }: { rest: string[]; onAdd: (one: string) => void }) {
  const t = useWords();
  const name = useChannelName();
  if (rest.length === 0) return null;
  return (
    <div class="setting">
      <label for="fallback-add">{t("fallback.add")}</label>
      <select id="fallback-add" class="input" value="" onChange={(event) => event.currentTarget.value && onAdd(event.currentTarget.value)}>
        <option value="">{t("fallback.choose")}</option>
        {rest.map((one) => (
          <option key={one} value={one}>
            {name(one)}
          </option>
        ))}
      </select>
    </div>
  );
}
