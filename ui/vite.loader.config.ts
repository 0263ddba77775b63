// The loader on the merchant's pages: one classic script without a framework and without a module graph.
import { resolve } from "node:path";
import { defineConfig } from "vite";

const here = import.meta.dirname;

export default defineConfig({
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
