// The pages with a document of their own, the widget's panel, the desk and its preview of the chat, and what the hosted pages
// load: those are written by the server, which finds the names in the manifest.
// The loader is built apart (vite.loader.config.ts), because it must be one classic script.
import { resolve } from "node:path";
import { defineConfig } from "vite";
import { serverWords } from "./scripts/server-words.mjs";

const here = import.meta.dirname;

export default defineConfig({
  base: "/",
  plugins: [serverWords()],
  build: {
    outDir: resolve(here, "../kaiwa/web/static"),
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "es2022",
    assetsDir: "assets",
    // Data addresses in style sheets would need `data:` in more directives than img-src.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: {
        panel: resolve(here, "panel/index.html"),
        desk: resolve(here, "desk/index.html"),
        preview: resolve(here, "preview/index.html"),
        hosted: resolve(here, "hosted/main.ts"),
      },
    },
  },
});
