import { defineConfig, devices } from "@playwright/test";
import { findBrowser } from "./e2e/fixtures/browser.ts";

const { executablePath, env } = findBrowser();

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  globalSetup: "./e2e/fixtures/global-setup.ts",
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  workers: 2,
  reporter: "list",
  use: {
    launchOptions: { executablePath, env: { ...(process.env as Record<string, string>), ...env } },
    // A fifth of all the work when kept for the case of a failure: `--trace on` makes one of a test that failed.
    trace: "off",
    screenshot: "only-on-failure",
    contextOptions: { reducedMotion: "reduce" },
  },
  projects: [{ name: "chromium", use: { ...devices["Desktop Chrome"] } }],
});
