// Every strings/ja.json has an en.json beside it with the same keys and the same {places}.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const root = join(import.meta.dirname, "..");
const places = (text) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort().join(" ");
const faults = [];

function read(path) {
  return JSON.parse(readFileSync(join(root, path), "utf8"));
}

const isJapanese = (path) => /^(?!node_modules).*strings[\/]ja\.json$/.test(path);

// English has singular forms (key_one) that Japanese does not need.
const counted = (key) => key.endsWith("_one");

for (const path of readdirSync(root, { recursive: true }).filter(isJapanese)) {
  const folder = dirname(path);
  const ja = read(path);
  const en = read(join(folder, "en.json"));
  for (const key of Object.keys(ja)) {
    if (!(key in en)) faults.push(`${folder}: en has no "${key}"`);
    else if (places(ja[key]) !== places(en[key])) faults.push(`${folder}: "${key}" has other {places}`);
  }
  for (const key of Object.keys(en)) {
    if (!(key in ja) && !counted(key)) faults.push(`${folder}: ja has no "${key}"`);
  }
}

for (const fault of faults) console.error(fault);
process.exit(faults.length > 0 ? 1 : 0);
