import { fileURLToPath } from "node:url";

const lib = fileURLToPath(new URL("../lib", import.meta.url));

/** One file that runs on any machine with Node 24.15 or newer, without this repository. */
export default {
  input: fileURLToPath(new URL("./standalone.ts", import.meta.url)),
  platform: "node",
  resolve: { alias: { "#lib": lib } },
  output: {
    file: "dist/countersign.mjs",
    format: "esm",
    banner: "#!/usr/bin/env node",
    codeSplitting: false,
    minify: false,
  },
};
