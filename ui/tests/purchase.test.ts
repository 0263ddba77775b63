import { beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "../kit/api";
import type { Calls } from "../widget/panel/calls";
import { weeks } from "../widget/panel/checkout/days";
import { Purchase } from "../widget/panel/checkout/purchase";
import type { Checkout } from "../widget/panel/checkout/wire";

const shown = (version: number, part: Partial<Checkout> = {}): Checkout =>
  ({ id: 7, version, state: "open", step: "address", lines: [], notices: [], ...part }) as unknown as Checkout;

const shop = vi.fn();
const sell = vi.fn();
const renew = vi.fn();
let purchase: Purchase;

const sent = (at: number) => sell.mock.calls[at]![1] as Record<string, unknown>;
const lost = () => new ApiError(0, "unreachable", "");

beforeEach(async () => {
  for (const mock of [shop, sell, renew]) mock.mockReset();
  purchase = new Purchase({ shop, sell } as unknown as Calls, { renew, scope: "chat.visitor" });
  sell.mockResolvedValueOnce(shown(1));
  await purchase.begin();
  sell.mockReset();
});

it("looks again when the chat tells of an order, once there is one", async () => {
  purchase.orderMoved();
  expect(shop).not.toHaveBeenCalled();
  sell.mockResolvedValueOnce(shown(1, { state: "completed" }));
  await purchase.order("");
  shop.mockResolvedValueOnce(shown(1, { state: "completed", order: { number: "1001", rows: [] } as never }));
  purchase.orderMoved();
  await vi.waitFor(() => expect(purchase.get().checkout?.order?.number).toBe("1001"));
});

describe("a step", () => {
  it("names the version that was shown and goes on to what is not done", async () => {
    sell.mockResolvedValueOnce(shown(2, { step: "delivery" }));
    await purchase.tellAddress({ name: "A" }, "");
    expect(sell.mock.calls[0]![0]).toBe("checkout/address");
    expect(sent(0)).toMatchObject({ id: 7, version: 1, name: "A", saved: "" });
    expect(purchase.step).toBe("delivery");
  });

  it("keeps its key until an answer has come, and has another one afterwards", async () => {
    sell.mockRejectedValueOnce(lost()).mockRejectedValueOnce(lost());
    await purchase.tellPayment(3);
    expect(purchase.get()).toMatchObject({ trouble: "offline", busy: null });
    sell.mockResolvedValue(shown(1));
    await purchase.tellPayment(3);
    await purchase.tellPayment(3);
    const keys = [0, 1, 2, 3].map((at) => sent(at).key);
    expect(new Set(keys.slice(0, 3)).size).toBe(1);
    expect(keys[3]).not.toBe(keys[0]);
  });

  it("says what is wrong at its fields and stays", async () => {
    sell.mockRejectedValueOnce(new ApiError(400, "invalid", "", { fields: { name: "Enter a name." } }));
    await purchase.tellAddress({}, "");
    expect(purchase.get()).toMatchObject({ wrong: { name: "Enter a name." }, trouble: null });
    expect(purchase.step).toBe("address");
  });

  it("looks again when somebody was faster", async () => {
    sell.mockRejectedValueOnce(new ApiError(409, "conflict", "", { version: 5 }));
    shop.mockResolvedValueOnce(shown(5, { step: "payment" }));
    await purchase.tellDelivery({});
    expect(purchase.get().trouble).toBe("changed");
    expect(purchase.get().checkout?.version).toBe(5);
  });

  it("gets a fresh token once and is then what it was", async () => {
    sell.mockRejectedValueOnce(new ApiError(401, "not_authentic", "")).mockResolvedValueOnce(shown(2));
    renew.mockResolvedValueOnce(true);
    await purchase.tellPayment(1);
    expect(sent(0).key).toBe(sent(1).key);
    expect(purchase.get().checkout?.version).toBe(2);
  });

  it("stays where the day is that cannot be kept", async () => {
    const late = { notices: [{ code: "date_unavailable", text: "" }] };
    sell.mockResolvedValueOnce(shown(2, { step: "payment", ...late }));
    await purchase.tellDelivery({});
    expect(purchase.step).toBe("delivery");
  });
});

describe("the order", () => {
  it("is sent once however often it is pressed", async () => {
    let answer = (_: Checkout) => {};
    sell.mockReturnValue(new Promise<Checkout>((resolve) => (answer = resolve)));
    const first = purchase.order("");
    expect(await purchase.order("")).toBeNull();
    answer(shown(3, { state: "completed" }));
    expect((await first)?.state).toBe("completed");
    expect(sell).toHaveBeenCalledTimes(1);
    expect(sent(0)).toEqual({ id: 7, version: 1, instrument: "" });
  });

  it("is found out about when its answer was lost but the stream told of it", async () => {
    sell.mockImplementation(() => {
      purchase.heard(7, 4);
      return Promise.reject(lost());
    });
    shop.mockResolvedValueOnce(shown(4, { state: "completed" }));
    await purchase.order("");
    await vi.waitFor(() => expect(purchase.get().checkout?.state).toBe("completed"));
    expect(purchase.get().trouble).toBeNull();
  });
});

describe("what is heard", () => {
  it("is asked for when it is newer and ours, and an old answer changes nothing", async () => {
    shop.mockResolvedValueOnce(shown(2, { state: "expired" }));
    purchase.heard(8, 9);
    purchase.heard(7, 1);
    expect(shop).not.toHaveBeenCalled();
    purchase.heard(7, 2);
    await vi.waitFor(() => expect(purchase.get().checkout?.state).toBe("expired"));
    shop.mockResolvedValueOnce(shown(1));
    await purchase.look();
    expect(purchase.get().checkout?.state).toBe("expired");
  });

  it("does not lead to a step that was not reached", () => {
    purchase.go("review");
    expect(purchase.step).toBe("address");
    expect(purchase.back()).toBe(false);
  });
});

describe("the days", () => {
  it("are whole weeks from Sunday, open from the first to the last", () => {
    const found = weeks("2026-11-26", "2026-12-02");
    expect(found.map((week) => week.map(({ number }) => number))).toEqual([
      [22, 23, 24, 25, 26, 27, 28],
      [29, 30, 1, 2, 3, 4, 5],
    ]);
    const open = found.flat().filter((day) => day.open);
    expect([open[0]?.iso, open.at(-1)?.iso, open.length]).toEqual(["2026-11-26", "2026-12-02", 7]);
    expect(found.flat().filter((day) => day.first || day.beginsMonth)).toHaveLength(2);
  });

  it("are none when the last comes before the first", () => {
    expect(weeks("2026-12-02", "2026-11-26")).toEqual([]);
  });
});
