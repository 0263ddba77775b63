// Delivered when it is here, read only when the panel is seen. Each seq is told once, and again after a new
// connection, because what a broken connection swallowed is not known.
import type { Message } from "../../kit/types";

export class Receipts {
  private conversation: number | null = null;
  private delivered = 0;
  private read = 0;

  constructor(private readonly send: (frame: object) => boolean) {}

  forget(): void {
    this.delivered = 0;
    this.read = 0;
  }

  update(messages: readonly Message[], seen: boolean): void {
    const newest = messages.at(-1)?.conversation;
    const last = messages.findLast((one) => one.direction === "out" && one.conversation === newest);
    if (!last) return;
    if (last.conversation !== this.conversation) this.forget();
    this.conversation = last.conversation;
    if (last.seq > this.delivered && this.send({ type: "delivered", seq: last.seq })) this.delivered = last.seq;
    if (seen && last.seq > this.read && this.send({ type: "read", seq: last.seq })) this.read = last.seq;
  }
}
