// The desk's calls: the kit's, with the token against forged requests and a word when the session has ended.
import { ApiError, call, type CallOptions } from "../../kit/api";
import type { DeletePath, GetCall, PostCall, PutCall } from "../server";

let csrf = "";
let onEnded = (): void => {};
let onHeld = (): void => {};

export function setToken(token: string): void {
  csrf = token;
}

/** What every write carries. */
export function tokenHeader(): Record<string, string> {
  return csrf ? { "X-CSRF-Token": csrf } : {};
}

/** Called whenever the server says that nobody is logged in any more. */
export function whenEnded(listener: () => void): void {
  onEnded = listener;
}

/** Called when the shop has begun to ask for a second factor that is not on. */
export function whenHeld(listener: () => void): void {
  onHeld = listener;
}

async function watched<Answer>(path: string, options: CallOptions): Promise<Answer> {
  try {
    return await call<Answer>(path, options);
  } catch (problem) {
    if (problem instanceof ApiError && problem.status === 401) onEnded();
    if (problem instanceof ApiError && problem.detail.reason === "second_factor") onHeld();
    throw problem;
  }
}

/** Which paths there are, and what each takes, is the server's description: `server.ts` is written from it. */
export const get = <Answer>(path: GetCall, signal?: AbortSignal): Promise<Answer> =>
  watched<Answer>(path, signal ? { signal } : {});

export const remove = <Answer = void>(path: DeletePath): Promise<Answer> =>
  watched<Answer>(path, { method: "DELETE", headers: tokenHeader() });

export const put = <Answer>(...[path, body]: PutCall): Promise<Answer> =>
  watched<Answer>(path, { method: "PUT", body, headers: tokenHeader() });

export const post = <Answer>(...[path, body = {}]: PostCall): Promise<Answer> =>
  watched<Answer>(path, { method: "POST", body, headers: tokenHeader() });
