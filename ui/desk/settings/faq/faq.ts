// Questions the shop has answered, and those it has not yet.
import type { Language } from "../../../kit/types";
import { get, post, put, remove } from "../../state/api";

export interface FaqBody {
  question: string;
  answer: string;
  language: Language;
  tags: string[];
  alternatives: string[];
}

export interface FaqEntry extends FaqBody {
  id: number;
}

export interface FaqPage {
  faq: FaqEntry[];
  next: number | null;
  found: number;
  total: number;
  tags: string[];
}

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
  return get<FaqPage>(`/api/faq?${query}`);
}

export const keepFaq = (id: number | null, body: FaqBody): Promise<{ entry: FaqEntry }> =>
  id === null ? post("/api/faq", body) : put(`/api/faq/${id}`, body);
export const dropFaq = (id: number): Promise<void> => remove(`/api/faq/${id}`);

export interface Cluster {
  id: number;
  language: Language;
  text: string;
  wordings: string[];
  asked: number;
  last_at: string;
  examples: { conversation: number; message: number; text: string }[];
}

export const loadUnanswered = (): Promise<{ unanswered: Cluster[] }> => get("/api/unanswered");
export const answerCluster = (id: number, body: { answer: string; question: string }): Promise<unknown> =>
  post(`/api/unanswered/${id}/answer`, body);
export const dismissCluster = (id: number): Promise<unknown> => post(`/api/unanswered/${id}/dismiss`);
