import { beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "../kit/api";
import type { Calls } from "../widget/panel/calls";
import { Till } from "../widget/panel/shop/till";
import type { Cart } from "../widget/panel/shop/wire";

const cartOf = (pieces: number, part: Partial<Cart> = {}): Cart => ({
  pieces,
  lines: [],
  codes: [],
  subtotal: null,
  discount: null,
  tax: null,
  total: null,
  shipping: null,
  notices: [],
  ...part,
});

const shop = vi.fn();
const sell = vi.fn();
const pieces = vi.fn();
let till: Till;

beforeEach(() => {
  for (const mock of [shop, sell, pieces]) mock.mockReset();
  till = new Till({ shop, sell } as unknown as Calls, pieces);
});

describe("a press", () => {
  it("is sent once however often it is pressed while it is under way", async () => {
    let answer = (_: Cart) => {};
    sell.mockReturnValue(new Promise<Cart>((resolve) => (answer = resolve)));
    const first = till.put(7, 1, "card");
    expect(await till.put(7, 1, "card")).toBe(false);
    expect(till.get().busy.has("card")).toBe(true);
    answer(cartOf(1));
    expect(await first).toBe(true);
    expect(sell).toHaveBeenCalledTimes(1);
    expect(pieces).toHaveBeenLastCalledWith(1);
    expect(till.get()).toMatchObject({ added: "card", fault: null });
    expect(till.get().busy.size).toBe(0);
  });

  it("keeps its key when the network swallowed the answer", async () => {
    sell.mockRejectedValueOnce(new ApiError(0, "unreachable", "")).mockResolvedValueOnce(cartOf(1));
    expect(await till.put(7, 1, "card")).toBe(true);
    const keys = sell.mock.calls.map(([, body]) => (body as { key: string }).key);
    expect(keys).toHaveLength(2);
    expect(keys[0]).toBe(keys[1]);
  });

  it("has another key each time", async () => {
    sell.mockImplementation(() => Promise.resolve(cartOf(1)));
    await till.change(7, 1);
    await till.change(7, 2);
    const [first, second] = sell.mock.calls.map(([, body]) => (body as { key: string }).key);
    expect(first).not.toBe(second);
  });

  it.each([
    [0, "offline"],
    [503, "offline"],
    [429, "tooMany"],
    [409, "notPossible"],
  ])("says what went wrong with it: %s", async (status, fault) => {
    shop.mockResolvedValue(cartOf(0));
    sell.mockRejectedValue(new ApiError(status, "x", ""));
    expect(await till.put(7, 1, "card")).toBe(false);
    expect(till.get().fault).toEqual({ what: "card", fault });
    expect(till.get().added).toBeNull();
  });

  it("tells its refusal also after the cart was looked at again", async () => {
    sell.mockResolvedValue(cartOf(1, { notices: ["NONE does not work"] }));
    shop.mockResolvedValue(cartOf(1, { wishes: [4] }));
    await till.codes(["NONE"]);
    await till.look();
    expect(till.notices()).toEqual(["NONE does not work"]);
    expect([...till.get().wishes]).toEqual([4]);
  });
});

describe("a look", () => {
  it("that was overtaken by a press says nothing any more", async () => {
    let answer = (_: Cart) => {};
    shop.mockReturnValue(new Promise<Cart>((resolve) => (answer = resolve)));
    sell.mockResolvedValue(cartOf(3));
    const looking = till.look();
    await till.change(7, 3);
    answer(cartOf(2));
    await looking;
    expect(till.get().cart?.pieces).toBe(3);
  });

  it("of another visitor is not shown to this one", async () => {
    let answer = (_: Cart) => {};
    shop.mockReturnValue(new Promise<Cart>((resolve) => (answer = resolve)));
    const looking = till.look();
    till.forget();
    answer(cartOf(2));
    await looking;
    expect(till.get().cart).toBeNull();
  });
});
