import { defineConfig } from "vitest/config";

/** `unit` needs nothing; `e2e` starts the whole system and a browser; `screenshots` writes docs/screenshots. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      { test: { name: "unit", include: ["tests/unit/**/*.test.ts", "tests/unit/**/*.test.tsx"] } },
      {
        test: {
          name: "e2e",
          include: ["tests/e2e/**/*.test.ts"],
          globalSetup: ["tests/e2e/setup.ts"],
          testTimeout: 90_000,
          hookTimeout: 60_000,
        },
      },
      { test: { name: "screenshots", include: ["tests/e2e/screenshots.ts"], globalSetup: ["tests/e2e/setup.ts"], testTimeout: 120_000 } },
    ],
  },
});
