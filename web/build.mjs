// Builds dist/: the pages, the loader, and a list of what stands in it.
import { build } from "vite";

const logLevel = process.argv.includes("--silent") ? "warn" : "info";

await build({ logLevel });
await build({
  configFile: false,
  logLevel,
  build: {
    emptyOutDir: false,
    target: "es2020",
    lib: { entry: "src/loader/loader.ts", formats: ["iife"], name: "scs", fileName: () => "loader.js" },
  },
});
