import { defineConfig } from "vite";

/** The pages; the loader is built by `build.mjs` on its own, because its address must never change. */
export default defineConfig({
  appType: "mpa",
  build: {
    rolldownOptions: { input: { console: "console/index.html", widget: "widget/index.html" } },
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2022",
    license: { fileName: "licences.md" },
  },
  server: { proxy: { "/api": "http://127.0.0.1:8080", "/help": "http://127.0.0.1:8080" } },
});
