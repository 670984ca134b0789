import { defineConfig } from "@playwright/test";

import { findChromium } from "./scripts/chromium.mjs";

const chromium = await findChromium();
// Chromium's own sandbox refuses to work as root; the pages it opens here are only ours.
const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];

/** The journeys run one after another: they share a server, and two browsers on two cores would only wait for each other. */
export default defineConfig({
  testDir: "e2e",
  globalSetup: "./e2e/global-setup.ts",
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  outputDir: "test-results",
  reporter: "list",
  use: {
    browserName: "chromium",
    viewport: { width: 1280, height: 800 },
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      ...(chromium === null ? {} : { executablePath: chromium }),
      args: [...asRoot, "--disable-background-networking", "--disable-component-update"],
    },
  },
});
