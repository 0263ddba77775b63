// The mock's memory: conversations built from the written data, changes as events with a cursor.
import { agents, ago, conversations, routeKinds } from "./desk-data.mjs";

const [aya, wataru] = agents.map(({ id, name }) => ({ id, name }));
const now = () => new Date().toISOString();

export class World {
  constructor() {
    this.ids = 100;
    this.events = [];
    this.cursor = 0;
    this.conversations = conversations.map((one, index) => this.build(one, index + 1));
  }

  next() {
    this.ids += 1;
    return this.ids;
  }

  find(id) {
    return this.conversations.find((one) => one.row.id === id) ?? null;
  }

  build(data, id) {
    const built = { row: null, messages: [], notes: [], happenings: [], viewers: data.viewers ?? [], data };
    for (const entry of data.thread) this.enter(built, id, data, entry);
    const last = built.messages.at(-1);
    built.row = {
      id, customer: { id, name: data.name }, channel: data.channel, status: data.status ?? "open",
      answered_by: data.answered_by, assignee: data.assignee ?? null, epoch: 1, last_seq: built.messages.length,
      unread: data.unread ?? 0, waiting_since: data.waiting ? ago(data.waiting) : null, language: data.language ?? "ja",
      preview: preview(last), preview_sender: last.sender, updated_at: last.occurred_at,
    };
    built.customer = customerOf(data, id);
    return built;
  }

  enter(built, id, data, entry) {
    const after_seq = built.messages.length;
    if (entry.note)
      return built.notes.push({ id: this.next(), client_id: "", after_seq, agent: entry.agent, text: entry.text, at: ago(entry.at) });
    if (entry.happening)
      return built.happenings.push({ id: this.next(), after_seq, kind: entry.happening, by: entry.by, reason: entry.reason, at: ago(entry.at) });
    built.messages.push({
      id: this.next(), conversation: id, seq: after_seq + 1, direction: entry.direction, sender: entry.sender,
      name: entry.by?.name ?? entry.name ?? (entry.direction === "in" ? data.name : null), agent: entry.by?.id ?? null,
      channel: entry.channel ?? data.channel, state: entry.state ?? "read", error: entry.error ?? null,
      content: entry.content ?? null, blocks: entry.blocks ?? [], client_id: null, degradations: entry.degradations ?? [],
      sent_as: entry.sent_as ?? null, attempts: entry.direction === "out" ? 1 : 0, occurred_at: ago(entry.at),
      recorded_at: ago(entry.at), edited_at: entry.edited ? ago(entry.edited) : null, unsent_at: entry.unsent ? ago(entry.unsent) : null,
    });
  }

  tell(event) {
    this.cursor += 1;
    this.events.push({ at: this.cursor, event });
  }

  since(cursor, followed) {
    return this.events
      .filter(({ at }) => at > cursor)
      .map(({ event }) => event)
      .filter((event) => event.kind === "row" || followed.includes(event.message?.conversation ?? event.conversation));
  }

  greet(id) {
    const found = this.find(id);
    if (found?.viewers.length) this.tell({ kind: "presence", conversation: id, agents: found.viewers });
  }

  changed(found) {
    found.row = { ...found.row, updated_at: now() };
    this.tell({ kind: "row", conversation: found.row });
  }

  add(found, message) {
    const full = {
      id: this.next(), conversation: found.row.id, seq: found.row.last_seq + 1, agent: null, channel: found.row.channel,
      state: "read", error: null, content: null, blocks: [], client_id: null, degradations: [], sent_as: null, attempts: 0,
      occurred_at: now(), recorded_at: now(), edited_at: null, unsent_at: null, ...message,
    };
    found.messages.push(full);
    found.row = { ...found.row, last_seq: full.seq, preview: preview(full), preview_sender: full.sender };
    this.tell({ kind: "message", message: full });
    return full;
  }

  happen(found, kind, by, reason = null) {
    const happening = { id: this.next(), after_seq: found.row.last_seq, kind, by, reason, at: now() };
    found.happenings.push(happening);
    this.tell({ kind: "happening", conversation: found.row.id, happening });
  }

  say(id, text) {
    const found = this.find(id);
    this.add(found, { direction: "in", sender: "customer", name: found.row.customer.name, content: { type: "text", text } });
    found.row = { ...found.row, unread: found.row.unread + 1, waiting_since: found.row.waiting_since ?? now() };
    this.changed(found);
  }

  colleague(id, text) {
    const found = this.find(id);
    const epoch = found.row.epoch + 1;
    found.row = { ...found.row, epoch, assignee: wataru, answered_by: "agent", waiting_since: null };
    this.add(found, { direction: "out", sender: "agent", name: wataru.name, agent: wataru.id, state: "delivered", blocks: [{ type: "text", text }] });
    this.changed(found);
  }

  /** A provider's answers, one after the other. */
  walk(found, message, states) {
    states.forEach((state, index) =>
      setTimeout(() => {
        if (message.state === "cancelled") return;
        message.state = state;
        this.tell({ kind: "message", message: { ...message } });
      }, 700 * (index + 1)),
    );
  }

  empty() {
    this.conversations = this.conversations.filter((one) => one.row.status === "closed" || one.row.assignee?.id !== aya.id);
  }
}

export function preview(message) {
  const { content, blocks } = message;
  if (content) return content.text || content.label || (content.keywords ?? []).join("・");
  return blocks.map((one) => one.text ?? one.alt_text).filter(Boolean).join(" ");
}

function customerOf(data, id) {
  const addresses = data.addresses.map(({ blocked, ...one }, index) => ({
    advertising: "unknown", ...one, id: id * 10 + index, blocked_at: blocked ? ago(blocked) : null,
  }));
  const past = (data.past ?? []).map((one, index) => ({
    id: index + 15, opened_at: ago(one.days * 1440), closed_at: ago(one.days * 1440 - 30), preview: one.preview,
  }));
  return { id, name: data.name, language: data.language ?? "ja", addresses, pages: data.pages ?? [], cart: data.cart ?? null, past };
}

export function routesOf({ customer, data }) {
  return data.routes.map((kind) => {
    const route = routeKinds[kind];
    const address = customer.addresses.find((one) => one.channel === route.channel) ?? customer.addresses[0];
    const shut = route.expires_at ? "window_closed" : "blocked";
    const closed = route.open ? null : shut;
    const held = address.id === customer.addresses[0].id;
    return { identity: address.id, label: address.label, closed, held, carries: address.grade !== "claimed", templates: 0, quota: null, ...route };
  });
}
