import { describe, expect, it } from "vitest";
import type { Entry } from "../kit/outbox";
import type { Message } from "../kit/types";
import type { Draft } from "../widget/panel/calls";
import { becomes, seenSoFar, type SoFar } from "../widget/panel/so-far";
import { newPanel, type PanelState } from "../widget/panel/state";
import { message } from "./made";

const own = { direction: "in", sender: "customer" } as const;
const soFar: SoFar = { conversation: 1, after_seq: 1, texts: ["One."] };

function state(messages: Message[], part: Partial<PanelState["conversation"] & object> = {}): PanelState {
  const conversation = { id: 1, status: "open", answered_by: "bot", waiting: false, agent: null, last_seq: 1, ...part } as const;
  return { ...newPanel(true).get(), conversation, messages, soFar };
}

const entry = (how: Entry<Draft>["state"]) => ({ state: how }) as Entry<Draft>;

describe("seenSoFar", () => {
  it("is seen until its message stands there, whatever comes first", () => {
    expect(seenSoFar(state([message(1, own)]), [])).toBe(soFar);
    expect(seenSoFar(state([message(1, own), message(2)]), [])).toBe(null);
  });

  it("stays when the shop tells of an order in between", () => {
    expect(seenSoFar(state([message(1, own), message(2, { client_id: "order:5:shipped" })]), [])).toBe(soFar);
  });

  it("goes when the shopper speaks again, before the server has heard it", () => {
    expect(seenSoFar(state([message(1, own), message(2, own)]), [])).toBe(null);
    expect(seenSoFar(state([message(1, own)]), [entry("sending")])).toBe(null);
    expect(seenSoFar(state([message(1, own)]), [entry("failed")])).toBe(soFar);
  });

  it("goes when a person takes over or speaks, and when the conversation ends", () => {
    const agent = { sender: "agent", agent: 3 } as const;
    expect(seenSoFar(state([message(1, own)], { answered_by: "agent" }), [])).toBe(null);
    expect(seenSoFar(state([message(1, own)], { status: "closed" }), [])).toBe(null);
    expect(seenSoFar(state([message(1, own), message(2, agent)]), [])).toBe(null);
  });

  it("is of one conversation, and nothing without words", () => {
    expect(seenSoFar(state([message(1, own)], { id: 2 }), [])).toBe(null);
    expect(seenSoFar({ ...state([message(1, own)]), soFar: { ...soFar, texts: [] } }, [])).toBe(null);
  });
});

describe("becomes", () => {
  it("is true of the answer that was seen being made alone", () => {
    expect(becomes(soFar, message(2))).toBe(true);
    expect(becomes(soFar, message(1))).toBe(false);
    expect(becomes(soFar, message(2, own))).toBe(false);
    expect(becomes({ ...soFar, texts: [] }, message(2))).toBe(false);
    expect(becomes(null, message(2))).toBe(false);
  });
});
