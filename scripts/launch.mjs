// First thing a newcomer runs: Node builtins only, any Node from 18 on, before anything is installed.
// Verbs: demo, start, admin, test. Installs when needed, goes on under the bundled Node, builds when out of date.
import path from "node:path";
import { fileURLToPath } from "node:url";
import { buildWhenNeeded, generateWhenNeeded } from "./launch/build.mjs";
import { keepCompiled } from "./launch/compile-cache.mjs";
import { installWhenNeeded } from "./launch/install.mjs";
import { isNodeNewEnough, rerunUnderBundledNode } from "./launch/node.mjs";

const verbs = ["demo", "start", "admin", "test"];
const [verb, ...rest] = process.argv.slice(2);
if (!verbs.includes(verb)) {
  console.error(`Usage: node scripts/launch.mjs ${verbs.join("|")}`);
  process.exit(64);
}

process.chdir(path.resolve(path.dirname(fileURLToPath(import.meta.url)), ".."));
await installWhenNeeded();
if (!isNodeNewEnough()) {
  await rerunUnderBundledNode(fileURLToPath(import.meta.url), process.argv.slice(2));
} else {
  keepCompiled(process.cwd());
  await generateWhenNeeded();
  if (verb === "test") await import("./test.mjs");
  else if (verb === "admin") await (await import("./admin.ts")).runAdmin(rest);
  else {
    const { needsPages, runServer } = await import("../server.ts");
    const env = { ...process.env, INSTANCE_KIND: verb === "demo" ? "demo" : "production" };
    if (needsPages(env, rest)) await buildWhenNeeded();
    await runServer(env, rest);
  }
}
