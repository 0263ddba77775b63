// What one is: to be given conversations, or not.
import { useState } from "preact/hooks";
import { useDesk } from "../state/desk-context";
import { useStore } from "../state/store";
import { useWords } from "../words/words";
import { STATUSES, type Status } from "./attendance";

export function StatusDot({ status }: { status: Status }) {
  return <span class={`dot ${{ online: "dot-matsu", away: "dot-yamabuki", offline: "" }[status]}`} />;
}

/** Beside one's name: there or not, and how much one has of what one can carry. */
export function OwnLine() {
  const t = useWords();
  const { agent, attendance, line } = useDesk();
  const live = useStore(line, (state) => state.state.kind === "live");
  const { on, agents } = useStore(attendance.store, (state) => state);
  const own = agents.get(agent.id);
  if (!live || !own)
    return (
      <>
        <span class={live ? "dot dot-matsu" : "dot"} />
        {t(live ? "desk.connected" : "desk.disconnected")}
      </>
    );
  return (
    <>
      <StatusDot status={own.status} />
      {t(`staff.${own.status}`)}
      {on && <span class="figures">{t("staff.load", { load: own.load, capacity: own.capacity })}</span>}
    </>
  );
}

export function StatusChoice() {
  const t = useWords();
  const { agent, attendance } = useDesk();
  const own = useStore(attendance.store, (state) => state.agents.get(agent.id));
  const [failed, setFailed] = useState(false);
  const say = (status: Status) => {
    setFailed(false);
    attendance.say(status).catch(() => setFailed(true));
  };
  return (
    <fieldset class="status">
      <legend class="unseen">{t("staff.status")}</legend>
      {STATUSES.map((one) => (
        <label key={one} class="item status-item">
          <input type="radio" name="status" checked={own?.status === one} onChange={() => say(one)} />
          <StatusDot status={one} />
          {t(`staff.${one}`)}
        </label>
      ))}
      {failed && (
        <p class="fault" role="alert">
          {t("staff.statusFailed")}
        </p>
      )}
    </fieldset>
  );
}
