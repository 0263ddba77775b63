// What an agent wants to be told of and how: kept on the device, for each agent apart. Nothing at first.
import { safeStorage } from "../../kit/storage";
import { Store } from "../state/store";
import type { News } from "./news";

export interface Choice {
  about: Record<News, boolean>;
  /** The browser's own notice, which also shows while the desk is behind other windows. */
  notice: boolean;
  sound: boolean;
  /** What the customer wrote stands in the notice, for whoever sees the screen. */
  text: boolean;
}

export const NOTHING: Choice = { about: { assigned: true, message: true, waiting: false, mention: true }, notice: false, sound: false, text: false };

const disk = safeStorage();
const keyOf = (agent: number) => `kaiwa.notify.${agent}`;

export function readChoice(agent: number): Choice {
  try {
    const kept = JSON.parse(disk.get(keyOf(agent)) ?? "{}") as Partial<Choice>;
    return { ...NOTHING, ...kept, about: { ...NOTHING.about, ...kept.about } };
  } catch {
    return NOTHING;
  }
}

export class Choices {
  readonly store: Store<Choice>;

  constructor(private readonly agent: number) {
    this.store = new Store<Choice>(readChoice(agent));
  }

  change(part: Partial<Choice>): void {
    this.store.set(part);
    disk.set(keyOf(this.agent), JSON.stringify(this.store.get()));
  }
}
