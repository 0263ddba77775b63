// What is wrong with a table of words: a language that lacks a key, other {places}, or words that the server says already.
import { meant } from "./server-words.mjs";

const places = (text) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort().join(" ");

// English has singular forms (key_one) that Japanese does not need.
const counted = (key) => key.endsWith("_one");

// How the bot says a thing in a tone of the shop's is its own: "nothing@concise".
const toned = (key) => key.includes("@");

/** Both tables as they are written, and both of the server's. */
export function faultsOf({ ja, en }, server) {
  return [...missing(ja, en), ...unsaid({ ja, en }, server), ...doubled({ ja, en }, server)];
}

function missing(ja, en) {
  const lacks = (language, key) => `${language} has no "${key}"`;
  return [
    ...Object.keys(ja).filter((key) => !(key in en)).map((key) => lacks("en", key)),
    ...Object.keys(en).filter((key) => !(key in ja) && !counted(key)).map((key) => lacks("ja", key)),
    ...Object.keys(ja).filter((key) => key in en && places(ja[key]) !== places(en[key])).map((key) => `"${key}" has other {places}`),
    ...Object.keys(ja).filter((key) => key in en && meant(ja[key]) !== meant(en[key])).map((key) => `"${key}" means two things`),
  ];
}

function unsaid(tables, server) {
  const named = Object.entries(tables).flatMap(([language, table]) =>
    Object.entries(table).map(([key, text]) => ({ language, key, known: meant(text) })),
  );
  return named
    .filter(({ language, known }) => known !== null && !(known in server[language]))
    .map(({ language, key, known }) => `"${key}" means "${known}", which the server does not say in ${language}`);
}

function doubled({ ja, en }, server) {
  const said = new Map();
  for (const key of Object.keys(server.ja)) {
    if (!toned(key)) said.set(`${server.ja[key]}\n${server.en[key]}`, key);
  }
  return Object.keys(ja).flatMap((key) => {
    const known = said.get(`${ja[key]}\n${en[key]}`);
    return known === undefined ? [] : [`"${key}" repeats the server: write "@${known}"`];
  });
}
