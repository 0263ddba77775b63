// One's own second factor, as the server knows it.
import { get, post } from "../state/api";
import type { Factor, FactorCodes, FactorOffer, OwnFactor } from "../server";

export type { Factor, FactorCodes as Codes, FactorOffer as Offer } from "../server";

const WHERE = "/api/auth/second-factor";

export const ownFactor = async (): Promise<{ factor: Factor | null }> => ({ factor: (await get(WHERE)).second_factor });
export const beginFactor = (password: string): Promise<FactorOffer> => post(`${WHERE}/begin`, { password });
export const turnOn = (code: string): Promise<FactorCodes> => post(`${WHERE}/on`, { code });
export const turnOff = (password: string): Promise<OwnFactor> => post(`${WHERE}/off`, { password });
export const otherCodes = (password: string): Promise<FactorCodes> => post(`${WHERE}/recovery-codes`, { password });

/** In groups of four: so one types it without losing the place. */
export const grouped = (secret: string): string => secret.match(/.{1,4}/g)?.join(" ") ?? "";
