// Who is logged in. An ended session keeps what was written (drafts and unsent replies are on the device).
import { ApiError, call } from "../../kit/api";
import { safeStorage } from "../../kit/storage";
import { forgetAll, mayKeep } from "../composer/drafts";
import { get, setToken, tokenHeader, whenEnded, whenHeld } from "../state/api";
import { Store } from "../state/store";
import type { Agent } from "../wire";
import type { Entered, Invitation } from "../server";

export type { Invitation } from "../server";

interface Session {
  /** "held": logged in, and the second factor that the shop asks for comes first. */
  phase: "checking" | "out" | "in" | "held" | "unreachable";
  agent: Agent | null;
  /** Why the log-in page is there: the session ended under the agent's hands, or they left in another tab. */
  why: "ended" | "left" | null;
}

export const session = new Store<Session>({ phase: "checking", agent: null, why: null });

/** Where a tab tells the others that somebody has come or left. */
const TOLD = "kaiwa.desk.session";
const disk = safeStorage();
const tell = (what: "in" | "out"): void => disk.set(TOLD, `${what} ${Date.now()}`);

export function enter({ agent, csrf, lacks_factor }: Entered): void {
  setToken(csrf);
  mayKeep(agent.id);
  session.set({ phase: lacks_factor ? "held" : "in", agent, why: null });
}

whenHeld(() => {
  if (session.get().phase === "in") void checkSession();
});

whenEnded(() => {
  if (session.get().phase === "in") session.set({ phase: "out", why: "ended" });
});

export async function checkSession(): Promise<void> {
  session.set({ phase: "checking" });
  try {
    enter(await get("/api/auth/me"));
  } catch (problem) {
    const out = problem instanceof ApiError && problem.status === 401;
    session.set({ phase: out ? "out" : "unreachable" });
  }
}

/** The right password, and a code is asked for as well. */
export const needsCode = (problem: unknown): boolean => problem instanceof ApiError && problem.detail.reason === "code_needed";

export async function logIn(email: string, password: string, code = ""): Promise<void> {
  enter(await call<Entered>("/api/auth/login", { body: { email, password, code } }));
  tell("in");
}

export const lookAtLink = (token: string): Promise<Invitation> =>
  call<Invitation>("/api/auth/login/link", { body: { token } });

/** The link is spent; its secret leaves the address bar and the history. */
export async function joinBy(token: string, password: string, code: string): Promise<void> {
  const entered = await call<Entered>("/api/auth/login/join", { body: { token, password, code } });
  history.replaceState(null, "", "/desk");
  enter(entered);
  tell("in");
}

/** Leaves nothing of the customers on a shared device. */
export async function logOut(): Promise<void> {
  await call("/api/auth/logout", { method: "POST", body: {}, headers: tokenHeader() });
  tell("out");
  leave(null);
}

function leave(why: Session["why"]): void {
  const { agent } = session.get();
  if (agent) forgetAll(agent.id);
  setToken("");
  session.set({ phase: "out", agent: null, why });
}

/** The tabs of a browser have one session: who leaves in one has left in all, and who comes is in all. */
globalThis.addEventListener?.("storage", ({ key, newValue }) => {
  if (key !== TOLD) return;
  const out = session.get().phase === "out";
  if (newValue?.startsWith("out") && (!out || session.get().why === "ended")) leave("left");
  if (newValue?.startsWith("in")) void (out ? checkSession() : get("/api/auth/me").then(enter, () => undefined));
});
