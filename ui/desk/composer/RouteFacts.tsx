// Before, not after: whether one may write there, what it costs and whether advertising is allowed.
import type { ComponentChildren } from "preact";
import { Glyph, type GlyphName } from "../icons";
import type { Customer, Route } from "../wire";
import { leftWords, shortDate, useNow } from "../words/time";
import { type Words, useLanguage, useWords } from "../words/words";
import type { Language } from "../../kit/types";
import { mayAdvertise } from "./routes";

const DAY_MS = 86_400_000;

interface Facts {
  route: Route;
  customer: Customer | null;
}

export function RouteFacts({ route, customer }: Facts) {
  const t = useWords();
  const language = useLanguage();
  const now = useNow(1000);
  const ads = mayAdvertise(customer, route);
  return (
    <ul class="facts">
      <Fact glyph="clock" tone={tone(route, now)}>
        {windowWords(t, language, route, now)}
      </Fact>
      <Fact glyph="wallet" tone={route.quota?.runs_out_at ? "fact-yamabuki" : ""}>
        {[costWords(t, route, now), route.cost === "metered" && quotaWords(t, language, route)].filter(Boolean).join(" · ")}
      </Fact>
      <Fact glyph="shield">{t(ads ? "desk.route.ads" : "desk.route.service")}</Fact>
    </ul>
  );
}

interface FactProps {
  glyph: GlyphName;
  tone?: string;
  children: ComponentChildren;
}

function Fact({ glyph, tone: colour = "", children }: FactProps) {
  return (
    <li class={`fact ${colour}`}>
      <Glyph name={glyph} size={14} />
      <span class="figures">{children}</span>
    </li>
  );
}

const left = (route: Route, now: number): number | null =>
  route.expires_at ? Date.parse(route.expires_at) - now : null;

function tone(route: Route, now: number): string {
  if (!route.open) return "fact-shu";
  const ms = left(route, now);
  return ms !== null && ms < DAY_MS && route.kind !== "reply_token" ? "fact-yamabuki" : "fact-matsu";
}

/** A reply token only makes the answer free; without it one may still write, so it closes nothing. */
export function windowWords(t: Words, language: Language, route: Route, now: number): string {
  if (!route.open) {
    if (route.closed !== "window_closed" && route.reason) return route.reason;
    if (route.expires_at) return t("desk.route.ended", { date: shortDate(route.expires_at, language) });
    return route.reason ?? t("desk.route.closed");
  }
  const ms = left(route, now);
  if (ms === null || route.kind === "reply_token") return t("desk.route.any");
  return t("desk.route.left", { time: leftWords(t, ms) });
}

export function costWords(t: Words, route: Route, now: number): string {
  const ms = left(route, now);
  if (route.kind === "reply_token" && ms !== null && ms > 0)
    return `${t("desk.route.freeReply")} ${t("desk.route.left", { time: leftWords(t, ms) })}`;
  // The token has run out under the agent's hands: what follows is paid.
  if (route.kind === "reply_token" && ms !== null) return t("desk.route.metered");
  return t(route.cost === "free" ? "desk.route.free" : "desk.route.metered");
}

/** What is left of the month's messages, and whether that lasts; empty where nothing is counted. */
export function quotaWords(t: Words, language: Language, { quota }: Route): string {
  if (!quota) return "";
  const { left, used, forecast, runs_out_at: out } = quota;
  if (left === null) return t("desk.quota.used", { used, forecast });
  if (out) return t("desk.quota.short", { left, date: shortDate(out, language) });
  return t("desk.quota.left", { left, forecast });
}
