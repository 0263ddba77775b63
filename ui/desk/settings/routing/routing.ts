// How the shop routes, as the server keeps it and as it is being written: numbers are texts while they are typed.
import type { Language } from "../../../kit/types";
import { get, post } from "../../state/api";
import { PRIORITIES, type Priority } from "../../wire";
import { listOf, minorOf } from "../voice";
import type { Routing, RoutingBody, TargetBody } from "../../server";

export type { RoutedInbox as InboxName, Routing as Kept } from "../../server";

export const KINDS = ["first", "next", "resolution"] as const;
export type Kind = (typeof KINDS)[number];
type Targets = Record<string, TargetBody>;

export type TargetDraft = Record<Priority, Record<Kind, string>>;

export interface RuleDraft {
  key: number;
  inbox: number;
  language: Language | "";
  priority: Priority | "";
  value: string;
  waited: string;
  then: "skill" | "raise";
  skill: string;
  raise: Priority;
}

export interface AbilityDraft {
  agent: number;
  name: string;
  skills: string;
  languages: Language[];
  capacity: string;
}

export interface Draft {
  on: boolean;
  capacity: string;
  byLanguage: boolean;
  grace: string;
  widen: string;
  untouched: string;
  weights: Record<string, string>;
  rules: RuleDraft[];
  targets: TargetDraft;
  inboxTargets: { inbox: number; targets: TargetDraft }[];
  abilities: AbilityDraft[];
}

let keys = 0;

export const newRule = (): RuleDraft => ({
  key: ++keys, inbox: 0, language: "", priority: "", value: "", waited: "", then: "skill", skill: "", raise: "high",
});

export function targetsOf(told: Targets): TargetDraft {
  const cells = (priority: Priority) => KINDS.map((kind) => [kind, text(told[priority]?.[`${kind}_m`])]);
  return Object.fromEntries(PRIORITIES.map((one) => [one, Object.fromEntries(cells(one))])) as TargetDraft;
}

export function draftOf(kept: Routing): Draft {
  const channels = [...new Set(kept.inboxes.map((one) => one.channel))];
  const named = new Map(kept.agents.map((one) => [one.id, one.name]));
  return {
    on: kept.on,
    capacity: text(kept.capacity),
    byLanguage: kept.by_language,
    grace: text(kept.grace_s),
    widen: text(kept.widen_m),
    untouched: text(kept.untouched_m),
    weights: Object.fromEntries(channels.map((one) => [one, text(kept.weights[one] ?? 1)])),
    rules: kept.rules.map((one) => ({
      ...newRule(),
      inbox: one.inbox ?? 0,
      language: one.language ?? "",
      priority: one.priority ?? "",
      value: one.value_minor === null ? "" : String(one.value_minor / 10 ** kept.decimals),
      waited: text(one.waited_m),
      then: one.raise_to === null ? "skill" : "raise",
      skill: one.skill ?? "",
      raise: one.raise_to ?? "high",
    })),
    targets: targetsOf(kept.targets),
    inboxTargets: kept.inbox_targets.map((one) => ({ inbox: one.inbox, targets: targetsOf(one.targets) })),
    abilities: kept.abilities.map((one) => ({
      agent: one.agent,
      name: named.get(one.agent) ?? "",
      skills: one.skills.join("、"),
      languages: one.languages,
      capacity: text(one.capacity),
    })),
  };
}

/** What is sent. A number that is none becomes -1, which the server refuses with its reason. */
export function bodyOf(draft: Draft, decimals: number): RoutingBody {
  return {
    on: draft.on,
    capacity: number(draft.capacity) ?? -1,
    by_language: draft.byLanguage,
    grace_s: number(draft.grace) ?? 0,
    widen_m: number(draft.widen),
    untouched_m: number(draft.untouched),
    weights: Object.fromEntries(Object.entries(draft.weights).map(([channel, weight]) => [channel, number(weight) ?? 1])),
    rules: draft.rules.map((one) => ({
      inbox: one.inbox || null,
      language: one.language || null,
      priority: one.priority || null,
      value_minor: minorOf(one.value, decimals),
      waited_m: one.then === "raise" ? null : number(one.waited),
      skill: one.then === "skill" ? one.skill : null,
      raise_to: one.then === "raise" ? one.raise : null,
    })),
    targets: targetBodies(draft.targets),
    inbox_targets: draft.inboxTargets.map((one) => ({ inbox: one.inbox, targets: targetBodies(one.targets) })),
    abilities: draft.abilities.map((one) => ({
      agent: one.agent,
      skills: listOf(one.skills),
      languages: one.languages,
      capacity: number(one.capacity),
    })),
  };
}

function targetBodies(draft: TargetDraft): Targets {
  const body = (priority: Priority) => Object.fromEntries(KINDS.map((kind) => [`${kind}_m`, number(draft[priority][kind])]));
  const told = PRIORITIES.filter((one) => KINDS.some((kind) => draft[one][kind].trim() !== ""));
  return Object.fromEntries(told.map((one) => [one, body(one)]));
}

/** "１５" is 15; nothing is null; what is no whole number is -1. */
export function number(typed: string): number | null {
  const plain = typed.normalize("NFKC").replace(/[,\s]/g, "");
  if (!plain) return null;
  return /^\d{1,9}$/.test(plain) ? Number(plain) : -1;
}

const text = (value: number | null | undefined): string => (value === null || value === undefined ? "" : String(value));

export const loadRouting = (): Promise<Routing> => get("/api/routing");
export const keepRouting = (draft: Draft, decimals: number): Promise<Routing> => post("/api/routing", bodyOf(draft, decimals));
