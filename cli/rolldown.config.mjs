import { fileURLToPath } from "node:url";

const lib = fileURLToPath(new URL("../lib", import.meta.url));

/** One file that runs on any machine with Node 24.15 or newer, without this repository. */
export default {
  input: fileURLToPath(new URL("./standalone.ts", import.meta.url)),
  platform: "node",
  // jsonc-parser's main file requires its parts in a way that cannot be put into one file; its module form can.
  resolve: { alias: { "#lib": lib }, mainFields: ["module", "main"] },
  output: {
    file: "dist/countersign.mjs",
    format: "esm",
    banner: "#!/usr/bin/env node",
    codeSplitting: false,
    minify: false,
  },
};
