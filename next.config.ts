import { copyFileSync, existsSync } from "node:fs";
import type { NextConfig } from "next";

/** A second build beside the usual one, such as for work in progress; git ignores `.next*`. */
const separate = process.env.NEXT_DIST_DIR;

// Next writes the folder of its build into the TypeScript settings: a separate build must not touch the real ones.
const tsconfigPath = separate ? `${separate}.tsconfig.json` : "tsconfig.json";
if (!existsSync(tsconfigPath)) copyFileSync("tsconfig.json", tsconfigPath);

const nextConfig: NextConfig = {
  distDir: separate ?? ".next",
  poweredByHeader: false,
  reactStrictMode: true,
  // No page shows such images, and the optimizer is a door of its own: it fetches addresses that a stranger names and
  // writes them, line breaks and terminal sequences included, to the log.
  images: { unoptimized: true },
  // `forbidden()` in pages: a person without the role gets a 403 and a page that says so.
  experimental: { authInterrupts: true },
  turbopack: { root: import.meta.dirname },
  // `npm test` checks the types of the whole tree; a build must not fail on the types of a test.
  typescript: { ignoreBuildErrors: true, tsconfigPath },
};

export default nextConfig;
