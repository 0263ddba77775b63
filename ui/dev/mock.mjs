// A small server that speaks docs/en/reference/web-protocol.md for one shop, so that the widget can be built and
// looked at without the real one. It keeps everything in memory. `node dev/mock.mjs [port]`, after `npm run build`.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { WebSocketServer } from "ws";
import { answerTo } from "./answers.mjs";
import { kettle } from "./picture.mjs";
import { shopPage } from "./shop.mjs";

const port = Number(process.argv[2] ?? 8790);
const statics = join(import.meta.dirname, "../../kaiwa/web/static");
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; frame-ancestors *; base-uri 'none'; form-action 'self'";
const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".json": "application/json" };
const NO_AMOUNTS = { subtotal: null, discount: null, tax: null, total: null, shipping: null };
const EMPTY_CART = { pieces: 0, lines: [], codes: [], notices: [], wishes: [], ...NO_AMOUNTS };
const visitors = new Map();
const files = new Map();
let ids = 0;

const json = (response, status, body) => {
  response.writeHead(status, { "Content-Type": "application/json", "Access-Control-Allow-Origin": "*" });
  response.end(body === undefined ? undefined : JSON.stringify(body));
};
const fail = (response, status, error) => json(response, status, { error, message: error, detail: {} });

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function visitorOf(token) {
  return [...visitors.values()].find((visitor) => visitor.token === token);
}

function newVisitor(language) {
  const id = `v-${++ids}`;
  const visitor = { id, token: `token-${id}`, language, messages: [], events: [], sockets: new Set(), conversation: null };
  visitors.set(id, visitor);
  return visitor;
}

const shown = (visitor) => visitor.conversation && { ...visitor.conversation, last_seq: visitor.messages.length };

export function emit(visitor, event) {
  visitor.events.push(event);
  const frame = JSON.stringify({ type: "events", cursor: String(visitor.events.length), events: [event] });
  for (const socket of visitor.sockets) socket.send(frame);
}

export function add(visitor, part) {
  const at = part.occurred_at ?? new Date().toISOString();
  const message = {
    id: ++ids, conversation: 1, seq: visitor.messages.length + 1, direction: "out", sender: "bot", name: null,
    agent: null, channel: "web_chat", state: "accepted", error: null, content: null, blocks: [], client_id: null,
    degradations: [], occurred_at: at, recorded_at: at, edited_at: null, unsent_at: null, ...part,
  };
  visitor.messages.push(message);
  emit(visitor, { kind: "message", message });
  return message;
}

function change(visitor, message, part) {
  Object.assign(message, part);
  emit(visitor, { kind: "message", message: { ...message } });
}

function setConversation(visitor, part) {
  visitor.conversation = { id: 1, status: "open", answered_by: "bot", waiting: false, agent: null, ...visitor.conversation, ...part };
  emit(visitor, { kind: "conversation", conversation: shown(visitor) });
}

function accept(visitor, { client_id, text, file, payload }) {
  if (visitor.messages.some((message) => message.client_id === client_id)) return;
  if (!visitor.conversation || visitor.conversation.status === "closed") setConversation(visitor, { status: "open" });
  const held = file && files.get(file);
  const content = held ? { type: held.ref.type.startsWith("image/") ? "image" : "file", file: held.ref, text: text || null } : { type: "text", text };
  const said = add(visitor, { direction: "in", sender: "customer", content, client_id });
  if (visitor.conversation.answered_by !== "bot") return;
  setTimeout(() => change(visitor, said, { state: "read" }), 150);
  setTimeout(() => {
    const answer = answerTo(payload ?? text ?? "", visitor.language);
    for (const blocks of answer.messages) add(visitor, { name: answer.name, sender: answer.sender ?? "bot", agent: answer.sender === "agent" ? 3 : null, blocks });
    if (answer.conversation) setConversation(visitor, answer.conversation);
    if (answer.typing) emit(visitor, { kind: "typing", sender: "agent", name: answer.typing });
  }, 900);
}

function session(body) {
  const known = body.token ? visitorOf(body.token) : null;
  const ja = String(body.language).startsWith("ja");
  const visitor = known ?? newVisitor(ja ? "ja" : "en");
  const texts = answerTo("", visitor.language);
  return {
    token: visitor.token, visitor: visitor.id, language: visitor.language, shop: texts.shop,
    conversation: visitor.conversation && { ...shown(visitor), messages: visitor.messages.slice(-50) },
    cursor: String(visitor.events.length), file_limit_bytes: 20_000_000,
    file_types: ["image/png", "image/jpeg", "image/webp", "application/pdf"],
  };
}

async function widgetCall(request, response, url, what) {
  if (what === "session") return json(response, 200, session(JSON.parse(await bodyOf(request))));
  const visitor = visitorOf((request.headers.authorization ?? "").replace("Bearer ", ""));
  if (!visitor) return fail(response, 401, "not_authentic");
  if (what === "messages" && request.method === "POST") {
    const body = JSON.parse(await bodyOf(request));
    if (body.text === "だめ") return json(response, 400, { error: "invalid", message: "このメッセージはお送りいただけません。", detail: {} });
    accept(visitor, body);
    return json(response, 202, { client_id: body.client_id });
  }
  if (what === "history") {
    const before = Number(url.searchParams.get("before_seq"));
    const found = visitor.messages.filter((message) => message.seq < before);
    const limit = Number(url.searchParams.get("limit") ?? 50);
    return json(response, 200, { messages: found.slice(-limit), has_earlier: found.length > limit });
  }
  if (what === "cart" && request.method === "GET") return json(response, 200, EMPTY_CART);
  if (what === "messages") {
    const after = Number(url.searchParams.get("after_seq") ?? 0);
    const found = visitor.messages.filter((message) => message.seq > after);
    return json(response, 200, { conversation: shown(visitor), messages: found });
  }
  if (what === "files") {
    const bytes = await bodyOf(request);
    const id = `f-${++ids}`;
    const ref = { url: `/mock-files/${id}`, name: url.searchParams.get("name"), type: request.headers["content-type"], size_bytes: bytes.length };
    files.set(id, { bytes, ref });
    return json(response, 201, { file: id, ...ref });
  }
  if (what === "events") {
    const from = Number(url.searchParams.get("cursor") || 0);
    const until = Date.now() + Number(url.searchParams.get("wait_s") ?? 25) * 1000;
    while (visitor.events.length <= from && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 50));
    return json(response, 200, { type: "events", cursor: String(visitor.events.length), events: visitor.events.slice(from) });
  }
  return fail(response, 404, "not_found");
}

async function page(response, path, headers = {}) {
  try {
    const bytes = await readFile(join(statics, normalize(path)));
    response.writeHead(200, { "Content-Type": TYPES[extname(path)] ?? "application/octet-stream", ...headers });
    response.end(bytes);
  } catch {
    fail(response, 404, "not_found");
  }
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url, `http://${request.headers.host}`);
  const parts = url.pathname.split("/");
  if (request.method === "OPTIONS") {
    response.writeHead(204, { "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*", "Access-Control-Allow-Methods": "*" });
    return response.end();
  }
  if (parts[1] === "api" && parts[2] === "widget") return widgetCall(request, response, url, parts[4]);
  if (parts[1] === "mock-files") {
    const held = files.get(parts[2]);
    response.writeHead(200, { "Content-Type": held.ref.type });
    return response.end(held.bytes);
  }
  if (parts[1] === "mock" && parts[2] === "play") {
    for (const visitor of visitors.values()) {
      const step = JSON.parse(await bodyOf(request));
      if (step.message) add(visitor, step.message);
      if (step.conversation) setConversation(visitor, step.conversation);
      if (step.cut) for (const socket of visitor.sockets) socket.close(1012);
      break;
    }
    return json(response, 200, {});
  }
  if (parts[1] === "mock-pictures") {
    const [body, ground] = decodeURIComponent(parts[2]).split("-");
    response.writeHead(200, { "Content-Type": "image/svg+xml" });
    return response.end(kettle(body, ground));
  }
  if (parts[1] === "widget.js") return page(response, "widget.js");
  if (parts[1] === "widget") return page(response, "panel/index.html", { "Content-Security-Policy": CSP });
  if (parts[1] === "desk") return page(response, "desk/index.html", { "Content-Security-Policy": CSP });
  if (parts[1] === "assets") return page(response, url.pathname);
  const html = shopPage(url.searchParams);
  response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" });
  response.end(html);
});

const sockets = new WebSocketServer({ noServer: true });
server.on("upgrade", (request, socket, head) => sockets.handleUpgrade(request, socket, head, live));

function live(socket) {
  let visitor = null;
  socket.on("message", (data) => {
    const frame = JSON.parse(data);
    if (frame.type === "ping") return socket.send(JSON.stringify({ type: "pong" }));
    if (frame.type === "hello") {
      visitor = visitorOf(frame.token);
      if (!visitor) return socket.close(4401);
      const from = frame.cursor === null ? visitor.events.length : Number(frame.cursor);
      socket.send(JSON.stringify({ type: "welcome", cursor: String(from) }));
      const missed = visitor.events.slice(from);
      if (missed.length > 0) socket.send(JSON.stringify({ type: "events", cursor: String(visitor.events.length), events: missed }));
      return visitor.sockets.add(socket);
    }
    if (frame.type === "read") {
      for (const message of visitor.messages) {
        if (message.direction === "out" && message.seq <= frame.seq && message.state !== "read") change(visitor, message, { state: "read" });
      }
    }
  });
  socket.on("close", () => visitor?.sockets.delete(socket));
}

server.listen(port, () => console.log(`http://localhost:${port}/ (a shop) and /widget/demo/panel (the panel alone)`));
