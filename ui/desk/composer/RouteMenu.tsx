import { Glyph } from "../icons";
import { ChannelMark } from "../marks";
import { Popover } from "../shell/Popover";
import type { Customer, Route } from "../wire";
import { useNow } from "../words/time";
import { useChannelName, useLanguage, useWords } from "../words/words";
import { costWords, quotaWords, windowWords } from "./RouteFacts";
import { mayAdvertise, mayContinue } from "./routes";

interface MenuProps {
  routes: readonly Route[];
  chosen: Route | null;
  /** The routes are still being asked for. */
  early: boolean;
  customer: Customer | null;
  onChoose: (identity: number) => void;
  onContinue: (identity: number) => void;
  onProve: (identity: number) => void;
}

/** One row per address of this customer; what is not possible says why. */
export function RouteMenu({ routes, chosen, early, customer, onChoose, onContinue, onProve }: MenuProps) {
  const t = useWords();
  const channelName = useChannelName();
  const nowhere = t(early ? "desk.composer" : "desk.composer.noRoute");
  const via = chosen ? t("desk.composer.via", { channel: channelName(chosen.channel) }) : nowhere;
  const button = (
    <>
      {chosen && <ChannelMark channel={chosen.channel} />}
      <span>{via}</span>
      <Glyph name="down" size={14} />
    </>
  );
  return (
    <Popover
      label={t("desk.composer.routes")}
      side="above"
      buttonClass="route-chip"
      button={button}
      disabled={routes.length === 0}
    >
      {(close) => (
        <div class="routes">
          <p class="routes-head" aria-hidden="true">
            <span>{t("desk.route.col.address")}</span>
            <span>{t("desk.route.col.window")}</span>
            <span>{t("desk.route.col.cost")}</span>
            <span>{t("desk.route.col.consent")}</span>
          </p>
          {routes.map((route) => (
            <RouteRow
              key={route.identity}
              route={route}
              current={route.identity === chosen?.identity}
              ads={mayAdvertise(customer, route)}
              onPick={() => {
                onChoose(route.identity);
                close();
              }}
              onContinue={() => {
                onContinue(route.identity);
                close();
              }}
              onProve={() => {
                onProve(route.identity);
                close();
              }}
            />
          ))}
        </div>
      )}
    </Popover>
  );
}

interface RowProps {
  route: Route;
  current: boolean;
  ads: boolean;
  onPick: () => void;
  onContinue: () => void;
  onProve: () => void;
}

function RouteRow(props: RowProps) {
  const t = useWords();
  const channelName = useChannelName();
  const { route } = props;
  return (
    <div class="route-line" role="none">
      <RouteChoice {...props} />
      {mayContinue(route) && (
        <button type="button" role="menuitem" class="act route-go" onClick={props.onContinue}>
          <Glyph name="swap" size={14} />
          {t("desk.route.continue", { channel: channelName(route.channel) })}
        </button>
      )}
      {route.open && !route.carries && (
        <p class="route-go quiet">
          {t("desk.route.notProven")}{" "}
          <button type="button" role="menuitem" class="act" onClick={props.onProve}>
            {t("desk.route.prove")}
          </button>
        </p>
      )}
    </div>
  );
}

function RouteChoice({ route, current, ads, onPick }: RowProps) {
  const t = useWords();
  const language = useLanguage();
  const channelName = useChannelName();
  const now = useNow(1000);
  // Not disabled in the technical sense: its reason must be reachable by keyboard, too.
  return (
    <button
      type="button"
      role="menuitemradio"
      aria-checked={current}
      aria-disabled={!route.open}
      class="route"
      onClick={() => route.open && onPick()}
    >
      <span class="radio" aria-hidden="true" />
      <ChannelMark channel={route.channel} class="channel-24" />
      <span class="route-address">
        <b>{channelName(route.channel)}</b>
        {route.channel !== "web_chat" && <span>{route.label}</span>}
      </span>
      <span class={route.open ? "route-window" : "route-window route-shut"}>{windowWords(t, language, route, now)}</span>
      <span class="figures">
        {route.open ? costWords(t, route, now) : "—"}
        {route.quota && <small class="route-quota">{quotaWords(t, language, route)}</small>}
      </span>
      <span>{t(ads ? "desk.route.ads" : "desk.route.service")}</span>
    </button>
  );
}
