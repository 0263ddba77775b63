// An address that was typed and not yet sent: it lasts as long as this tab, and no longer than the order.
import type { AddressValues } from "./wire";

export class AddressDraft {
  private typed: AddressValues | null = null;

  constructor(private readonly place: string) {
    try {
      const kept: unknown = JSON.parse(sessionStorage.getItem(place) ?? "null");
      if (kept && typeof kept === "object") this.typed = kept as AddressValues;
    } catch {
      // Nothing was kept, it is not ours, or nothing may be kept here.
    }
  }

  get(): AddressValues | null {
    return this.typed;
  }

  put(values: AddressValues): void {
    this.typed = values;
    this.keep((store) => store.setItem(this.place, JSON.stringify(values)));
  }

  forget(): void {
    this.typed = null;
    this.keep((store) => store.removeItem(this.place));
  }

  private keep(act: (store: Storage) => void): void {
    try {
      act(sessionStorage);
    } catch {
      // Then it lives as long as the page does.
    }
  }
}
