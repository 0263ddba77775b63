// The desk's calls: the kit's, with the token against forged requests and a word when the session has ended.
import { ApiError, call, type CallOptions } from "../../kit/api";
import type { DeleteDoors, GetCall, GetDoors, PostDoors, PutDoors } from "../server";

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

type PathOf<Call extends string> = Call extends `${infer Path}?${string}` ? Path : Call;
type GetAnswer<Call extends string> = PathOf<Call> extends infer Path extends keyof GetDoors ? GetDoors[Path] : never;
type Given<Body> = [Body] extends [void] ? [] : [body: Body];

/** Which paths there are, what each takes and what it answers is the server's description: `server.ts` is written from it. */
export const get = <Call extends GetCall>(path: Call, signal?: AbortSignal): Promise<GetAnswer<Call>> =>
  watched<GetAnswer<Call>>(path, signal ? { signal } : {});

export const remove = <Path extends keyof DeleteDoors & string>(path: Path): Promise<DeleteDoors[Path]> =>
  watched<DeleteDoors[Path]>(path, { method: "DELETE", headers: tokenHeader() });

export const put = <Path extends keyof PutDoors & string>(path: Path, body: PutDoors[Path]["body"]): Promise<PutDoors[Path]["answer"]> =>
  watched<PutDoors[Path]["answer"]>(path, { method: "PUT", body, headers: tokenHeader() });

export const post = <Path extends keyof PostDoors & string>(
  path: Path,
  ...[body = {}]: Given<PostDoors[Path]["body"]>
): Promise<PostDoors[Path]["answer"]> =>
  watched<PostDoors[Path]["answer"]>(path, { method: "POST", body, headers: tokenHeader() });
