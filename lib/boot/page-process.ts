import { existsSync } from "node:fs";
import path from "node:path";
import { StartError } from "#lib/boot/start-error.ts";
import { type Config, toEnvironment } from "#lib/config/index.ts";
import { ChildSupervisor } from "#lib/http/child-supervisor.ts";

/** Variables of our own environment that mean something to any Node process. */
const passedOn = ["PATH", "HOME", "TMPDIR", "TZ", "LANG", "NODE_EXTRA_CA_CERTS", "NEXT_DIST_DIR"];

const root = path.resolve(import.meta.dirname, "../..");
const nextModule = new URL("../http/next-child.ts", import.meta.url);

/** The supervised Next process of an instance. It gets the settings and nothing else: no owner role, no shell's secrets. */
export function createPageProcess(
  config: Config,
  log: (message: string) => void,
  module = nextModule,
): ChildSupervisor {
  if (module === nextModule) assertBuilt(path.join(root, process.env.NEXT_DIST_DIR ?? ".next"));
  const inherited = Object.fromEntries(passedOn.map((name) => [name, process.env[name]]));
  const env: NodeJS.ProcessEnv = {
    ...inherited,
    ...toEnvironment(config),
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
    NEXTAUTH_URL: config.publicUrl,
  };
  return new ChildSupervisor({ module, env, log });
}

function assertBuilt(distDir: string): void {
  if (!existsSync(path.join(distDir, "BUILD_ID"))) throw new StartError("The pages are not built: run npm run build.");
}
