// What the checkout's calls carry: docs/en/reference/web-protocol.md, "Buying". Everything is the server's word.
import type { Money } from "../../../kit/types";

export type StepName = "address" | "delivery" | "payment" | "review";
export const STEPS: readonly StepName[] = ["address", "delivery", "payment", "review"];

export type CheckoutState =
  "open" | "ready" | "needs_buyer" | "needs_auth" | "completing" | "completed" | "canceled" | "expired";

export interface Line {
  variant: number;
  title: string;
  quantity: number;
  amount: Money;
  was: Money | null;
  /** Sold at the reduced rate of tax. */
  reduced: boolean;
  image_url: string | null;
  changes: string[];
}

/** By the names of the fields; `email` among them. */
export type AddressValues = Record<string, string>;

export interface Sending {
  rate: number;
  title: string;
  amount: Money;
  first_day: string;
  last_day: string;
  /** Code and words. */
  slots: [string, string][];
}

export interface Way {
  id: number;
  kind: string;
  title: string;
  note: string;
  fee: Money | null;
  /** Why it cannot be used; empty when it can. */
  refused: string;
  /** It is paid on the payment company's own page. */
  leaves: boolean;
}

export interface Placed {
  number: string;
  words: string;
  /** How to pay what is still open. */
  rows: [string, string][];
  link: string | null;
  until: string;
  url: string;
}

export interface Checkout {
  id: number;
  version: number;
  state: CheckoutState;
  /** The first step that is not done. */
  step: StepName;
  lines: Line[];
  sums: { label: string; amount: Money }[];
  total: Money;
  taxes: { paid: string; tax: string }[];
  notices: { code: string; text: string }[];
  address: {
    values: AddressValues;
    saved: { name: string; line: string }[];
    countries: [string, string][];
    prefectures: string[];
  };
  delivery: {
    options: Sending[];
    rate: number | null;
    day: string | null;
    slot: string | null;
    line: string;
    wraps: { code: string; title: string; amount: Money }[];
    wrap: string | null;
    message: string;
  };
  payment: { ways: Way[]; way: number | null; outcomes: [string, string][] };
  points: string[];
  legal_url: string;
  page_url: string;
  pay_url: string | null;
  until: string;
  order: Placed | null;
}
