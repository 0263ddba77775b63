// The desk's calls: the kit's, with the token against forged requests and a word when the session has ended.
import { ApiError, call, type CallOptions } from "../../kit/api";

let csrf = "";
let onEnded = (): void => {};

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

async function watched<Answer>(path: string, options: CallOptions): Promise<Answer> {
  try {
    return await call<Answer>(path, options);
  } catch (problem) {
    if (problem instanceof ApiError && problem.status === 401) onEnded();
    throw problem;
  }
}

export const get = <Answer>(path: string, signal?: AbortSignal): Promise<Answer> =>
  watched<Answer>(path, signal ? { signal } : {});

export const remove = (path: string): Promise<void> =>
  watched<void>(path, { method: "DELETE", headers: tokenHeader() });

export const put = <Answer>(path: string, body: object): Promise<Answer> =>
  watched<Answer>(path, { method: "PUT", body, headers: tokenHeader() });

export const post = <Answer>(path: string, body: object = {}): Promise<Answer> =>
  watched<Answer>(path, { method: "POST", body, headers: tokenHeader() });
