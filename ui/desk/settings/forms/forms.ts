// The shop's forms and the calls that keep them.
import { get, post, put, remove } from "../../state/api";
import type { AllForms, FlowShape, FlowTold, FormKept, FormShape, InBothWhole as InBoth, QuestionShape as Question } from "../../server";

export type { FlowInbox, FormShape as ShopForm, InBothWhole as InBoth, QuestionShape as Question } from "../../server";

export const KINDS = ["text", "long_text", "choice", "choices", "number", "date", "email", "phone", "consent"] as const satisfies readonly Question["kind"][];
export type Kind = Question["kind"];

export type FormBody = Omit<FormShape, "id" | "changed_at" | "flows">;

/** The same form at the provider of an inbox; `fits` is not known of one that was just typed. */
export type Flow = Omit<FlowShape, "fits"> & { fits?: boolean };

export const nothing = (): InBoth => ({ ja: "", en: "" });
export const emptyQuestion = (): Question => ({ kind: "text", label: nothing(), hint: nothing(), required: true, options: [] });
export const emptyForm = (): FormBody => ({ title: nothing(), intro: nothing(), thanks: nothing(), questions: [emptyQuestion()] });
export const chooses = (kind: Kind): boolean => kind === "choice" || kind === "choices";

/** Lines of one language laid over the options that there are; a line of neither language is none. */
export function withLines(options: readonly InBoth[], language: keyof InBoth, text: string): InBoth[] {
  const lines = text.split("\n");
  const count = Math.max(lines.length, options.length);
  const laid = Array.from({ length: count }, (_, at) => ({ ...(options[at] ?? nothing()), [language]: lines[at] ?? "" }));
  while (laid.length > 0 && !laid.at(-1)!.ja && !laid.at(-1)!.en && laid.length > lines.length) laid.pop();
  return laid;
}

export function asKept(body: FormBody): FormBody {
  const questions = body.questions.map((one) => ({
    ...one,
    options: chooses(one.kind) ? one.options.filter((option) => option.ja.trim() || option.en.trim()) : [],
  }));
  return { ...body, questions };
}

export const allForms = (): Promise<AllForms> => get("/api/forms");
export const keepForm = (id: number | null, body: FormBody): Promise<FormKept> =>
  id === null ? post("/api/forms", asKept(body)) : put(`/api/forms/${id}`, asKept(body));
export const keepFlows = (id: number, flows: readonly Flow[]): Promise<FormKept> =>
  put(`/api/forms/${id}/flows`, { flows: flows.map(({ inbox, language, flow_id, screen }) => ({ inbox, language, flow_id: flow_id.trim(), screen: screen.trim() })) });
export const toldFlow = (id: number, inbox: number, language: keyof InBoth): Promise<FlowTold> => get(`/api/forms/${id}/flow?at=${inbox}&language=${language}`);
export const dropForm = (id: number): Promise<void> => remove(`/api/forms/${id}`);
