// When to try again: 2 4 8 15 30 s, each spread by a fifth so that a thousand browsers do not knock together.

const STEPS_MS = [2_000, 4_000, 8_000, 15_000, 30_000];

export class Backoff {
  private step = 0;

  constructor(private readonly random: () => number = Math.random) {}

  get first(): boolean {
    return this.step === 0;
  }

  /** `slow`: the server asked for patience, so never begin with the short steps. */
  next(slow: boolean): number {
    const at = Math.min(slow ? Math.max(this.step, 2) : this.step, STEPS_MS.length - 1);
    this.step = at + 1;
    return Math.round(STEPS_MS[at]! * (0.8 + 0.4 * this.random()));
  }

  /** The server restarts: half a second to two, and no penalty unless it happens again. */
  soon(): number {
    if (this.step > 0) return this.next(false);
    this.step = 1;
    return Math.round(500 + 1_500 * this.random());
  }

  reset(): void {
    this.step = 0;
  }
}
