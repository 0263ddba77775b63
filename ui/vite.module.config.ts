// The chat as a module of the merchant's own page: it only brings the loader, so there is one way in.
import { resolve } from "node:path";
import { defineConfig } from "vite";

const here = import.meta.dirname;

export default defineConfig({
  build: {
    outDir: resolve(here, "../kaiwa/web/static"),
    emptyOutDir: false,
    copyPublicDir: false,
    target: "es2022",
    lib: { entry: resolve(here, "widget/module/widget.ts"), formats: ["es"], fileName: () => "widget.mjs" },
  },
});
