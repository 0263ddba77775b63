// What happened around the messages: a hand-off stands out with its reason, the rest is one line each.
import { Glyph, type GlyphName } from "../icons";
import type { Happening } from "../wire";
import { routedWhy } from "../staff/why";
import { exact, hour } from "../words/time";
import type { Language } from "../../kit/types";
import { type Words, useChannelName, useLanguage, useWords, wordOr } from "../words/words";

const GLYPHS: Record<string, GlyphName> = {
  handoff_requested: "hand", taken: "mine", handed_back: "bot", assigned: "person", closed: "check", reopened: "retry",
  flagged: "info", came_back: "bot", answered_outside: "person", referred: "out",
  merged: "merge", unmerged: "merge", parted: "merge", priority: "urgent", labelled: "tag", unlabelled: "tag", snoozed: "moon", woken: "moon",
  continued: "swap", rerouted: "swap", opted_out: "shield", opted_in: "shield", account_linked: "shield", account_unlinked: "shield", arrived: "open", code_sent: "shield", address_proven: "shield",
  routed: "swap", requeued: "retry", breached: "clock", rated: "heart",
  team_assigned: "people", order_cancelled: "box", order_moved: "box", order_returned: "box", order_refunded: "wallet",
};

/** Their reason is one channel, or the channel left and the one come to. */
const BETWEEN = new Set(["continued", "rerouted", "opted_out", "opted_in", "account_linked", "account_unlinked", "arrived", "code_sent", "address_proven"]);

export function HappeningLine({ happening }: { happening: Happening }) {
  const t = useWords();
  const language = useLanguage();
  const { kind, by, reason, at } = happening;
  const channelName = useChannelName();
  if (kind === "handoff_requested") return <HandoffCard reason={reason} at={at} />;
  const key = `desk.event.${kind}${reason === "untouched" ? "Untouched" : by ? "" : "Nobody"}`;
  const words = wordOr(t, key, t("desk.event.other", { kind }), { name: by?.name ?? "" });
  return (
    <p class={kind === "routed" ? "happening happening-long" : "happening"}>
      <Glyph name={GLYPHS[kind] ?? "info"} size={14} />
      <span>{words}</span>
      {reason && reason !== "untouched" && <span class="happening-why">{BETWEEN.has(kind) && reason !== "complaint" ? reason.split(" ").map(channelName).join(" → ") : whyWords(t, language, kind, reason)}</span>}
      <time class="figures" dateTime={at} title={exact(at, language)}>
        {hour(at, language)}
      </time>
    </p>
  );
}

/** Some reasons are words for programs: a priority, a time, what woke it. */
function whyWords(t: Words, language: Language, kind: string, reason: string): string {
  if (kind === "priority") return wordOr(t, `desk.priority.${reason}`, reason);
  if (kind === "routed") return routedWhy(t, reason) ?? "";
  if (kind === "requeued") return wordOr(t, `staff.${reason}`, reason);
  if (kind === "breached") return wordOr(t, `staff.kind.${reason}`, reason);
  if (kind === "taken") return t("staff.takenFrom", { name: reason });
  if (kind === "parted") return t("desk.parted.count", { n: Number(reason) });
  if (kind === "rated") return t("desk.rated", { score: reason });
  if (kind === "woken") return wordOr(t, `desk.woken.${reason}`, reason);
  if (kind !== "snoozed") return wordOr(t, `desk.why.${reason}`, reason);
  return reason === "reply" ? t("desk.snooze.reply") : exact(reason, language);
}

function HandoffCard({ reason, at }: { reason: string | null; at: string }) {
  const t = useWords();
  const language = useLanguage();
  return (
    <section class="handoff" aria-label={t("desk.event.handoff_requested")}>
      <p class="handoff-head">
        <Glyph name="hand" />
        <b>{t("desk.event.handoff_requested")}</b>
        <time class="figures" dateTime={at} title={exact(at, language)}>
          {hour(at, language)}
        </time>
      </p>
      {reason && (
        <dl class="handoff-facts">
          <dt>{t("desk.event.handoffReason")}</dt>
          <dd>{wordOr(t, `desk.why.${reason}`, reason)}</dd>
        </dl>
      )}
    </section>
  );
}
