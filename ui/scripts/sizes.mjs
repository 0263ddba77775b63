// What a shopper downloads, gzipped, beside its limit. Run after `npm run build`; fails above a limit.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const statics = join(import.meta.dirname, "../../kaiwa/web/static");
const size = (path) => gzipSync(readFileSync(join(statics, path)), { level: 9 }).length / 1000;

function panelParts(ending) {
  const html = readFileSync(join(statics, "panel/index.html"), "utf8");
  return [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path).filter((path) => path.endsWith(ending));
}

function hostedParts(ending) {
  const manifest = JSON.parse(readFileSync(join(statics, "manifest.json"), "utf8"));
  const walk = (name) => [manifest[name], ...(manifest[name].imports ?? []).flatMap(walk)];
  const files = walk("hosted/main.ts").flatMap((part) => [part.file, ...(part.css ?? [])]);
  return [...new Set(files)].filter((path) => path.endsWith(ending));
}

const sum = (paths) => paths.reduce((total, path) => total + size(path), 0);
const rows = [
  ["loader", size("widget.js"), 8],
  ["panel, scripts", sum(panelParts(".js")), 45],
  ["panel, styles", sum(panelParts(".css")), 10],
  ["hosted pages, script", sum(hostedParts(".js")), 20],
  ["hosted pages, styles", sum(hostedParts(".css")), 10],
];

for (const [name, kb, limit] of rows) console.log(`${name}: ${kb.toFixed(2)} kB gzip (limit ${limit})`);
process.exit(rows.some(([, kb, limit]) => kb > limit) ? 1 : 0);
