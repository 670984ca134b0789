import { defineConfig } from "vitest/config";

/**
 * unit: no database, no network. integration: real PostgreSQL (the embedded one), a fresh database a file.
 * conformance: black box over HTTP against the built app. guards: checks of the tree itself.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: [
            "src/**/*.test.ts",
            "tests/support/**/*.test.ts",
            "scripts/**/*.test.ts",
            "tools/**/*.test.ts",
          ],
          exclude: ["**/*.int.test.ts", "node_modules/**"],
          setupFiles: ["tests/support/unit-setup.ts"],
        },
      },
      {
        test: {
          name: "integration",
          // Projects with different worker counts cannot run at the same time.
          sequence: { groupOrder: 1 },
          include: ["src/**/*.int.test.ts"],
          globalSetup: ["tests/support/cluster-setup.ts"],
          setupFiles: ["tests/support/unit-setup.ts"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: "conformance",
          sequence: { groupOrder: 2 },
          include: ["tests/conformance/**/*.spec.ts"],
          globalSetup: ["tests/support/app-setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: "guards",
          include: ["tests/guards/**/*.test.ts"],
          testTimeout: 60_000,
        },
      },
    ],
  },
});
