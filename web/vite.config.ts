import { defineConfig } from "vite";

// Relative addresses: the pages stand under any folder of any web host.
export default defineConfig({
  base: "./",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    target: "es2022",
    modulePreload: { polyfill: false },
    // Assets as data: addresses would need a weaker content security policy.
    assetsInlineLimit: 0,
  },
});
