// One's own second factor, as the server knows it.
import { get, post } from "../state/api";

export interface Factor {
  on_since: string;
  recovery_left: number;
}

export interface Offer {
  secret: string;
  qr: string;
}

export interface Codes {
  second_factor: Factor;
  recovery_codes: string[];
}

const WHERE = "/api/auth/second-factor";

export const ownFactor = async (): Promise<{ factor: Factor | null }> => ({ factor: (await get<{ second_factor: Factor | null }>(WHERE)).second_factor });
export const beginFactor = (password: string): Promise<Offer> => post(`${WHERE}/begin`, { password });
export const turnOn = (code: string): Promise<Codes> => post(`${WHERE}/on`, { code });
export const turnOff = (password: string): Promise<void> => post(`${WHERE}/off`, { password });
export const otherCodes = (password: string): Promise<Codes> => post(`${WHERE}/recovery-codes`, { password });

/** In groups of four: so one types it without losing the place. */
export const grouped = (secret: string): string => secret.match(/.{1,4}/g)?.join(" ") ?? "";
