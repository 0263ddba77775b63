// One catalogue: where a table of the UI says "@hosted.address.name", the server's words of that key are meant. The build puts
// in the few that are named, so that what both sides say is written once, in kaiwa/languages/strings.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "../../kaiwa/languages/strings");
const TABLE = /[\\/]strings[\\/](ja|en)\.json$/;

const read = (path) => JSON.parse(readFileSync(path, "utf8"));
const prefixed = (part, table) => Object.entries(table).map(([key, words]) => [`${part}.${key}`, words]);

/** Everything the server says in a language, by the keys that the server uses. */
export function serverTable(language) {
  const parts = readdirSync(folder, { withFileTypes: true }).filter((one) => one.isDirectory() && !one.name.startsWith("_"));
  const found = parts.flatMap(({ name }) => prefixed(name, read(join(folder, name, `${language}.json`))));
  return { ...read(join(folder, `${language}.json`)), ...Object.fromEntries(found) };
}

/** The key of the server's that a text stands for; null for words of its own. */
export const meant = (text) => (/^@\S+$/.test(text) ? text.slice(1) : null);

/** The table with the server's words in their places; a key that the server does not have ends the build. */
export function spoken(table, server) {
  const words = Object.entries(table).map(([key, text]) => {
    const known = meant(text);
    if (known !== null && !(known in server)) throw new Error(`"${key}" means "${known}", which the server does not say.`);
    return [key, known === null ? text : server[known]];
  });
  return Object.fromEntries(words);
}

/** For Vite: every table is read so. */
export function serverWords() {
  return {
    name: "server-words",
    enforce: "pre",
    transform(code, id) {
      const [, language] = TABLE.exec(id) ?? [];
      if (!language) return null;
      return { code: JSON.stringify(spoken(JSON.parse(code), serverTable(language))), map: null };
    },
  };
}
