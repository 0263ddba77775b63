// The mock's HTTP answers, by the desk's part of the web protocol.
import { agents } from "./desk-data.mjs";
import { preview, routesOf } from "./desk-world.mjs";

const ok = (body, status = 200, headers = {}) => ({ status, body, headers });
const refuse = (status, error, message, detail = {}) => ({ status, body: { error, message, detail }, headers: {} });
const person = (agent) => (agent ? { id: agent.id, name: agent.name } : null);
let tries = 0;

export function answer(world, call) {
  const path = call.url.pathname;
  if (path === "/api/auth/login") return logIn(call);
  if (path === "/api/auth/logout") return ok(undefined, 204, { "Set-Cookie": "desk=; Path=/; HttpOnly; Max-Age=0" });
  if (!call.agent) return refuse(401, "not_authentic", "ログインしてください");
  if (path === "/api/auth/me") return ok({ agent: call.agent, csrf: "t" });
  if (call.method !== "GET" && call.csrf !== "t") return refuse(403, "not_allowed", "もう一度開き直してください");
  if (path === "/api/agents") return ok({ agents: agents.map(({ id, name, role }) => ({ id, name, role })) });
  if (path === "/api/search") return search(world, call.url);
  if (path === "/api/files") return attach(call);
  if (path === "/api/conversations") return list(world, call);
  const [, id, rest = ""] = /^\/api\/conversations\/(\d+)\/?(.*)$/.exec(path) ?? [];
  const found = world.find(Number(id));
  if (!found) return refuse(404, "not_found", "見つかりません");
  return call.method === "GET" ? page(found, call.url) : write(world, found, rest, call);
}

function logIn({ body }) {
  const agent = agents.find((one) => one.email === body.email);
  tries = agent && body.password.length >= 4 ? 0 : tries + 1;
  if (tries > 5) return { ...refuse(429, "too_many", ""), headers: { "Retry-After": "900" } };
  if (!agent || body.password.length < 4) return refuse(401, "not_authentic", "メールアドレスかパスワードが違います");
  return ok({ agent, csrf: "t" }, 200, { "Set-Cookie": `desk=${agent.id}; Path=/; HttpOnly; SameSite=Strict` });
}

const VIEWS = {
  open: (row) => row.status === "open",
  mine: (row, me) => row.status === "open" && row.assignee?.id === me,
  unassigned: (row) => row.status === "open" && !row.assignee && row.answered_by !== "bot",
  bot: (row) => row.status === "open" && row.answered_by === "bot",
  closed: (row) => row.status === "closed",
};

function list(world, { url, agent }) {
  const rows = world.conversations.map((one) => one.row);
  const of = (view) => rows.filter((row) => VIEWS[view](row, agent.id));
  const from = Number(url.searchParams.get("before") ?? 0);
  const limit = Number(url.searchParams.get("limit") ?? 50);
  const sorted = of(url.searchParams.get("view") ?? "open").sort(order);
  const counts = Object.fromEntries(["open", "mine", "unassigned", "bot"].map((view) => [view, of(view).length]));
  const next = from + limit < sorted.length ? String(from + limit) : null;
  return ok({ conversations: sorted.slice(from, from + limit), next, counts });
}

function order(one, other) {
  const late = (row) => row.waiting_since ?? "9";
  if (late(one) !== late(other)) return late(one) < late(other) ? -1 : 1;
  return one.updated_at > other.updated_at ? -1 : 1;
}

function page(found, url) {
  const before = Number(url.searchParams.get("before_seq") ?? Infinity);
  const limit = Number(url.searchParams.get("limit") ?? 50);
  const older = found.messages.filter((one) => one.seq < before);
  const messages = older.slice(-limit);
  const { notes, happenings, customer } = found;
  return ok({
    conversation: found.row, customer, messages, notes, happenings, routes: routesOf(found),
    has_earlier: older.length > messages.length,
  });
}

function write(world, found, rest, call) {
  const [verb, id, act] = rest.split("/");
  if (verb === "messages" && id) return onMessage(world, found, Number(id), act);
  if (verb === "messages") return send(world, found, call);
  if (verb === "notes") return takeNote(world, found, call);
  if (verb === "typing") return ok(undefined, 204);
  if (verb === "read") {
    found.row = { ...found.row, unread: 0 };
    world.changed(found);
    return ok(undefined, 204);
  }
  if (stale(found, call)) return conflict(found);
  return move(world, found, verb, call);
}

const stale = (found, { body, fault }) => {
  const wrong = fault.conflict || (body.epoch !== undefined && body.epoch !== found.row.epoch);
  return wrong;
};

const conflict = (found) =>
  refuse(409, "conflict", "ほかの担当者が先に変更しました", { conversation: found.row });

const CHANGES = {
  take: (agent) => [{ answered_by: "agent", assignee: person(agent) }, "taken"],
  "hand-back": () => [{ answered_by: "bot", assignee: null }, "handed_back"],
  assign: (agent, body) => {
    const chosen = person(agents.find((one) => one.id === body.agent));
    return [{ answered_by: chosen ? "agent" : "nobody", assignee: chosen }, "assigned"];
  },
  close: () => [{ status: "closed", waiting_since: null }, "closed"],
  reopen: () => [{ status: "open" }, "reopened"],
};

function move(world, found, verb, { agent, body }) {
  if (!CHANGES[verb]) return refuse(404, "not_found", "見つかりません");
  const [change, happening] = CHANGES[verb](agent, body);
  found.row = { ...found.row, ...change, epoch: found.row.epoch + 1 };
  world.happen(found, happening, person(agent));
  world.changed(found);
  return ok({ conversation: found.row });
}

function send(world, found, call) {
  const { body, agent, fault } = call;
  const known = found.messages.find((one) => one.client_id === body.client_id);
  if (known) return ok({ message: known, conversation: found.row }, 201);
  const answered = found.messages.some(
    (one) => one.seq > body.last_seq && one.direction === "out" && one.agent !== agent.id,
  );
  if (fault.conflict || answered || body.epoch !== found.row.epoch) {
    if (fault.conflict) world.colleague(found.row.id, "黒への変更、承りました。差額はありません。");
    fault.conflict = false;
    return conflict(found);
  }
  const route = routesOf(found).find((one) => one.identity === body.identity);
  const took = found.row.assignee?.id !== agent.id || found.row.answered_by !== "agent";
  if (took) found.row = { ...found.row, epoch: found.row.epoch + 1 };
  const blocks = [...(body.text ? [{ type: "text", text: body.text }] : []), ...(body.file ? [fileBlock(body.file)] : [])];
  found.row = { ...found.row, status: "open", answered_by: "agent", assignee: person(agent), waiting_since: null, unread: 0 };
  const message = world.add(found, {
    direction: "out", sender: "agent", name: agent.name, agent: agent.id, state: "queued", attempts: 0,
    channel: route?.channel ?? found.row.channel, client_id: body.client_id, blocks,
  });
  world.changed(found);
  world.walk(found, message, ["sending", "accepted", "delivered"]);
  return ok({ message: { ...message }, conversation: found.row }, 201);
}

const files = new Map();

function attach({ url, type, bytes }) {
  const file = `f-${files.size + 1}`;
  const name = url.searchParams.get("name") ?? "file";
  files.set(file, { url: "/mock/photo.svg", name, type, size_bytes: bytes.length });
  return ok({ file, ...files.get(file) }, 201);
}

function fileBlock(id) {
  const file = files.get(id) ?? null;
  return { type: file?.type.startsWith("image/") ? "image" : "file", file, alt_text: file?.name ?? "" };
}

function takeNote(world, found, { body, agent }) {
  const note = { id: world.next(), client_id: body.client_id, after_seq: found.row.last_seq, agent: person(agent), text: body.text, at: new Date().toISOString() };
  found.notes.push(note);
  world.tell({ kind: "note", conversation: found.row.id, note });
  return ok(note, 201);
}

function onMessage(world, found, id, act) {
  const message = found.messages.find((one) => one.id === id);
  if (!message) return refuse(404, "not_found", "見つかりません");
  if (act === "cancel" && message.state !== "queued") return refuse(409, "conflict", "もう送信を始めています");
  message.state = act === "cancel" ? "cancelled" : "queued";
  message.error = null;
  world.tell({ kind: "message", message: { ...message } });
  if (act === "retry") {
    message.attempts += 1;
    world.walk(found, message, ["sending", "accepted"]);
  }
  return ok({});
}

function search(world, url) {
  const query = (url.searchParams.get("q") ?? "").trim();
  const all = world.conversations.flatMap((one) =>
    one.messages.map((message) => ({
      conversation: one.row.id, message: message.id, seq: message.seq, customer: one.row.customer, channel: message.channel,
      text: preview(message), occurred_at: message.occurred_at,
    })),
  );
  const hits = all.filter((one) => one.text.includes(query)).sort((one, other) => (one.occurred_at > other.occurred_at ? -1 : 1));
  return ok({ hits: hits.slice(0, 20), next: null, ms: 1.8 });
}
