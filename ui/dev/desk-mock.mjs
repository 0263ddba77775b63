// A server that speaks the desk's contract from memory, with the same content rules as the real one, for
// development and screenshots: `npm run build && node dev/desk-mock.mjs [port]`, then open /desk.
// Log in with aya@kodachi.example and any password of four or more characters.
import { createReadStream, existsSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { WebSocketServer } from "ws";
import { agents } from "./desk-data.mjs";
import { answer } from "./desk-answers.mjs";
import { World } from "./desk-world.mjs";

const port = Number(process.argv[2] ?? 5180);
const built = join(import.meta.dirname, "../../kaiwa/web/static");
const KINDS = { ".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".svg": "image/svg+xml" };
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
  "connect-src 'self'; media-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const world = new World();
const sockets = new Set();
/** Turned through /mock/…: what goes wrong next. */
const fault = { down: false, slow: 0, conflict: false, refetch: false, fail: "" };

const server = createServer(async (request, response) => {
  const url = new URL(request.url, `http://${request.headers.host}`);
  if (url.pathname.startsWith("/mock/")) return steer(url, response);
  if (url.pathname.startsWith("/api/")) return serveApi(request, response, url);
  serveFile(response, url.pathname.startsWith("/desk") ? "/desk/index.html" : url.pathname);
});

async function serveApi(request, response, url) {
  if (fault.down) return request.socket.destroy();
  if (fault.slow) await new Promise((done) => setTimeout(done, fault.slow));
  if (fault.fail && url.pathname.startsWith(fault.fail))
    return reply(response, 503, { error: "unreachable", message: "しばらくしてからお試しください" });
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const json = request.headers["content-type"] === "application/json" && bytes.length > 0;
  const call = {
    method: request.method, url, bytes, body: json ? JSON.parse(bytes) : {}, fault,
    type: request.headers["content-type"], csrf: request.headers["x-csrf-token"],
    agent: agents.find((one) => request.headers.cookie?.includes(`desk=${one.id};`) || request.headers.cookie?.endsWith(`desk=${one.id}`)) ?? null,
  };
  const { status, body, headers } = answer(world, call);
  reply(response, status, body, headers);
}

function reply(response, status, body, headers = {}) {
  response.writeHead(status, { "Content-Type": "application/json", ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

function serveFile(response, path) {
  const file = join(built, normalize(path));
  if (!file.startsWith(built) || !existsSync(file)) return reply(response, 404, { error: "not_found", message: "" });
  response.writeHead(200, { "Content-Type": KINDS[extname(file)] ?? "application/octet-stream", "Content-Security-Policy": CSP });
  createReadStream(file).pipe(response);
}

/** /mock/down, /mock/up, /mock/drop, /mock/conflict, /mock/slow?ms=, /mock/fail?path=, /mock/say?id=&text=, … */
function steer(url, response) {
  const id = Number(url.searchParams.get("id") ?? 1);
  const act = url.pathname.slice("/mock/".length);
  const acts = {
    down: () => ((fault.down = true), cut(1006)),
    up: () => (fault.down = false),
    drop: () => cut(1012),
    expire: () => cut(4401),
    refetch: () => ((fault.refetch = true), cut(1012)),
    conflict: () => (fault.conflict = true),
    slow: () => (fault.slow = Number(url.searchParams.get("ms") ?? 0)),
    fail: () => (fault.fail = url.searchParams.get("path") ?? ""),
    say: () => world.say(id, url.searchParams.get("text") ?? "ありがとうございます"),
    colleague: () => world.colleague(id, url.searchParams.get("text") ?? "黒への変更、承りました。差額はありません。"),
    typing: () => world.tell({ kind: "typing", conversation: id, sender: url.searchParams.get("sender") ?? "customer", name: "田中 航" }),
    presence: () => world.tell({ kind: "presence", conversation: id, agents: agents.slice(0, 2).map((one) => ({ id: one.id, name: one.name })) }),
    empty: () => world.empty(),
  };
  if (act === "photo.svg") return photo(response);
  if (!acts[act]) return reply(response, 404, { error: "not_found", message: "" });
  acts[act]();
  reply(response, 200, {});
}

function photo(response) {
  response.writeHead(200, { "Content-Type": "image/svg+xml" });
  response.end(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 320" width="480" height="320"><rect width="480" height="320" fill="#e8e2d6"/>' +
      '<ellipse cx="240" cy="262" rx="130" ry="14" fill="#d5ccbb"/><path d="M150 150c0-30 40-46 90-46s90 16 90 46c0 60-34 108-90 108s-90-48-90-108z" fill="#4a3a32"/>' +
      '<path d="M196 104c4-22 20-32 44-32s40 10 44 32z" fill="#5a483e"/><path d="M262 78l22 26-34 2z" fill="#e8e2d6"/><circle cx="240" cy="64" r="10" fill="#5a483e"/></svg>',
  );
}

function cut(code) {
  for (const socket of sockets) code === 1006 ? socket.terminate() : socket.close(code);
}

const live = new WebSocketServer({ noServer: true });
server.on("upgrade", (request, socket, head) => {
  if (fault.down || !request.url.startsWith("/api/desk/live")) return socket.destroy();
  live.handleUpgrade(request, socket, head, (peer) => follow(peer));
});

function follow(peer) {
  const state = { followed: [], cursor: 0, timer: null };
  const pump = () => {
    const events = world.since(state.cursor, state.followed);
    state.cursor = world.cursor;
    if (events.length > 0) peer.send(JSON.stringify({ type: "events", cursor: String(state.cursor), events }));
  };
  sockets.add(peer);
  peer.on("message", (data) => {
    const frame = JSON.parse(data);
    if (frame.type === "ping") peer.send(JSON.stringify({ type: "pong" }));
    if (frame.conversations) state.followed = frame.conversations;
    if (frame.type === "follow") greet(state.followed);
    if (frame.type !== "hello") return;
    const lost = fault.refetch && frame.cursor !== null;
    fault.refetch = false;
    state.cursor = frame.cursor === null || lost ? world.cursor : Number(frame.cursor);
    peer.send(JSON.stringify({ type: lost ? "refetch" : "welcome", cursor: String(state.cursor) }));
    state.timer = setInterval(pump, 100);
    greet(state.followed);
  });
  peer.on("close", () => {
    clearInterval(state.timer);
    sockets.delete(peer);
  });
}

function greet(followed) {
  for (const id of followed) world.greet(id);
}

server.listen(port, () => console.log(`desk mock: http://127.0.0.1:${port}/desk`));
