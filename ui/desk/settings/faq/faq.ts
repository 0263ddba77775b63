// Questions the shop has answered, and those it has not yet.
import type { Language } from "../../../kit/types";
import { get, post, put, remove } from "../../state/api";
import type { FaqEntry, FaqKept, FaqPage, Settled, Taught, Unanswered } from "../../server";

export type { Cluster, FaqEntry, FaqPage } from "../../server";

export type FaqBody = Omit<FaqEntry, "id">;

export interface Asked {
  q: string;
  language: Language | "";
  tag: string;
}

export function findFaq(asked: Asked, after: number | null): Promise<FaqPage> {
  const query = new URLSearchParams({ q: asked.q });
  if (asked.language) query.set("language", asked.language);
  if (asked.tag) query.set("tag", asked.tag);
  if (after !== null) query.set("after", String(after));
  return get(`/api/faq?${query}`);
}

export const keepFaq = (id: number | null, body: FaqBody): Promise<FaqKept> =>
  id === null ? post("/api/faq", body) : put(`/api/faq/${id}`, body);
export const dropFaq = (id: number): Promise<void> => remove(`/api/faq/${id}`);

export const loadUnanswered = (): Promise<Unanswered> => get("/api/unanswered");
export const answerCluster = (id: number, body: { answer: string; question: string }): Promise<Taught> =>
  post(`/api/unanswered/${id}/answer`, body);
export const dismissCluster = (id: number): Promise<Settled> => post(`/api/unanswered/${id}/dismiss`);
