import { defineConfig } from "vitest/config";
import { serverWords } from "./scripts/server-words.mjs";

export default defineConfig({
  plugins: [serverWords()],
  test: { include: ["tests/**/*.test.{ts,mjs}", "desk/**/*.test.ts"] },
});
