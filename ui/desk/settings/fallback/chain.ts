// The order of channels: a step up or down, and which of them the shop has.

export function moved(chain: readonly string[], at: number, by: 1 | -1): string[] {
  const next = [...chain];
  const [one] = next.splice(at, 1);
  if (one !== undefined) next.splice(at + by, 0, one);
  return next;
}

/** "sms" means every channel whose name begins with "sms_", too. */
export const isConnected = (entry: string, connected: readonly string[]): boolean =>
  connected.some((one) => one === entry || one.startsWith(`${entry}_`));
