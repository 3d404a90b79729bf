import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{lib,cli,app,components,scripts}/**/*.test.{ts,tsx}"],
    exclude: ["**/node_modules/**", "lib/db/generated/**"],
    globalSetup: ["lib/testing/global-setup.ts"],
    setupFiles: ["lib/testing/quiet-console.ts"],
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
