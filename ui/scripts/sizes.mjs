// What a shopper downloads, gzipped, beside its limit. The build ends with it and fails above a limit.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const statics = join(import.meta.dirname, "../../kaiwa/web/static");
const size = (path) => gzipSync(readFileSync(join(statics, path)), { level: 9 }).length / 1000;

function panelParts(ending) {
  const html = readFileSync(join(statics, "panel/index.html"), "utf8");
  return [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path).filter((path) => path.endsWith(ending));
}

/** What comes when it is first needed: a part that the panel loads by itself, script and styles. */
function laterPart(name) {
  const manifest = JSON.parse(readFileSync(join(statics, "manifest.json"), "utf8"));
  return [manifest[name].file, ...(manifest[name].css ?? [])];
}

function hostedParts(ending) {
  const manifest = JSON.parse(readFileSync(join(statics, "manifest.json"), "utf8"));
  const walk = (name) => [manifest[name], ...(manifest[name].imports ?? []).flatMap(walk)];
  const files = walk("hosted/main.ts").flatMap((part) => [part.file, ...(part.css ?? [])]);
  return [...new Set(files)].filter((path) => path.endsWith(ending));
}

const sum = (paths) => paths.reduce((total, path) => total + size(path), 0);
const rows = [
  // On every page of a shop, opened or not.
  ["before the chat is opened", size("widget.js"), 8.5],
  ["panel, scripts", sum(panelParts(".js")), 45],
  ["panel, styles", sum(panelParts(".css")), 10],
  ["shop sheets, with the first one", sum(laterPart("widget/panel/shop/Sheets.tsx")), 15],
  ["checkout, when somebody goes to buy", sum(laterPart("widget/panel/checkout/CheckoutSheet.tsx")), 20],
  ["forms, with the first one", sum(laterPart("widget/panel/forms/FormCard.tsx")), 10],
  ["emoji and stickers, when opened", sum(laterPart("kit/emoji/EmojiPicker.tsx")), 10],
  ["speaking, when pressed", sum(laterPart("widget/panel/voice/Dictation.tsx")), 8],
  ["hosted pages, script", sum(hostedParts(".js")), 20],
  ["hosted pages, styles", sum(hostedParts(".css")), 10],
];

for (const [name, kb, limit] of rows) console.log(`${name}: ${kb.toFixed(2)} kB gzip (limit ${limit})`);
process.exit(rows.some(([, kb, limit]) => kb > limit) ? 1 : 0);
