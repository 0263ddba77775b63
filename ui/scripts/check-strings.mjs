// Every table of words is whole in both languages, and says nothing again that the server says.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { serverTable } from "./server-words.mjs";
import { faultsOf } from "./string-faults.mjs";

const root = join(import.meta.dirname, "..");
const read = (folder, language) => JSON.parse(readFileSync(join(root, folder, `${language}.json`), "utf8"));
const isTable = (path) => /^(?!node_modules).*strings[\\/]ja\.json$/.test(path);

const server = { ja: serverTable("ja"), en: serverTable("en") };
const faults = readdirSync(root, { recursive: true })
  .filter(isTable)
  .map((path) => dirname(path))
  .flatMap((folder) => {
    const tables = { ja: read(folder, "ja"), en: read(folder, "en") };
    return faultsOf(tables, server).map((fault) => `${folder}: ${fault}`);
  });

for (const fault of faults) console.error(fault);
process.exit(faults.length > 0 ? 1 : 0);
