// What was answered in a form, as it is read.
import { beforeAll, expect, test, vi } from "vitest";
import { answerWords } from "../kit/filled";

const answer = (kind: string, ...values: string[]) => ({ name: "one", label: "One", kind, values });

beforeAll(() => {
  vi.useFakeTimers({ now: new Date("2026-11-23T03:00:00Z"), toFake: ["Date"] });
});

test("a day is said the local way, with its year when that is another one", () => {
  expect(answerWords(answer("date", "2026-11-28"), "ja")).toBe("11月28日（土）");
  expect(answerWords(answer("date", "2027-01-16"), "ja")).toBe("2027年1月16日（土）");
  expect(answerWords(answer("date", "2027-01-16"), "en")).toBe("Sat 16 Jan 2027");
});

test("all else is said as it was written", () => {
  expect(answerWords(answer("choices", "藍", "生成り"), "ja")).toBe("藍 / 生成り");
  expect(answerWords(answer("text", "2027-01-16"), "ja")).toBe("2027-01-16");
  expect(answerWords(answer("date", "soon"), "en")).toBe("soon");
});
