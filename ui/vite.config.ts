// The two pages with a document of their own: the widget's panel and the desk.
// The loader is built apart (vite.loader.config.ts), because it must be one classic script.
import { resolve } from "node:path";
import { defineConfig } from "vite";

const here = import.meta.dirname;

export default defineConfig({
  base: "/",
  build: {
    outDir: resolve(here, "../kaiwa/web/static"),
    emptyOutDir: true,
    target: "es2022",
    assetsDir: "assets",
    // Data addresses in style sheets would need `data:` in more directives than img-src.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: {
        panel: resolve(here, "panel/index.html"),
        desk: resolve(here, "desk/index.html"),
      },
    },
  },
});
