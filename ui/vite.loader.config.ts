// The loader on the merchant's pages: one classic script without a framework and without a module graph.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { defineConfig, type Plugin } from "vite";

const here = import.meta.dirname;

/** The tokens are one file for everybody; on the shop's page only those that the loader names are of use. */
function onlyUsedTokens(): Plugin {
  return {
    name: "only-used-tokens",
    enforce: "pre",
    transform(code, id) {
      if (!id.includes("kit/tokens.css")) return null;
      const sheets = ["loader.css", "greeting.css"].map((name) => resolve(here, "widget/loader", name));
      const rules = sheets.map((path) => readFileSync(path, "utf8")).join("");
      const used = new Set(Array.from(rules.matchAll(/var\((--[\w-]+)/g), ([, name]) => name));
      return code.replace(/^\s*(--[\w-]+):[^;]+;\n/gm, (line, name: string) => (used.has(name) ? line : ""));
    },
  };
}

export default defineConfig({
  plugins: [onlyUsedTokens()],
  define: { "process.env.NODE_ENV": JSON.stringify("production") },
  build: {
    outDir: resolve(here, "../kaiwa/web/static"),
    emptyOutDir: false,
    copyPublicDir: false,
    target: "es2020",
    lib: {
      entry: resolve(here, "widget/loader/main.ts"),
      name: "KaiwaLoader",
      formats: ["iife"],
      fileName: () => "widget.js",
    },
  },
});
