import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createToken } from "#lib/access/index.ts";
import type { Ctx } from "#lib/core/context.ts";
import { asPerson, type DemoAccount } from "#lib/demo/accounts.ts";
import { demoMembers } from "#lib/demo/people.ts";
import type { DemoSigners } from "#lib/demo/signers.ts";
import { readDemoManifest } from "#lib/demo/uploads.ts";

/** Files for the next thing to try: a new version to sign, its key, and a token that may publish it for a day. */
export type Tryout = { manifestFile: string; keyFile: string; tokenFile: string };

/** Writes them anew, the token with mode 0600; a publisher deactivated since gets none. */
export async function writeTryout(
  boot: Ctx,
  accounts: DemoAccount[],
  dir: string,
  signers: DemoSigners,
): Promise<Tryout> {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const files = {
    manifestFile: path.join(dir, "server.json"),
    keyFile: signers.keyFile("app.linear"),
    tokenFile: path.join(dir, "token"),
  };
  const manifest = { ...JSON.parse(new TextDecoder().decode(readDemoManifest("linear-1.0.0.json"))), version: "1.1.0" };
  manifest.remotes = [{ type: "streamable-http", url: "https://mcp.linear.app/mcp" }];
  writeFileSync(files.manifestFile, `${JSON.stringify(manifest, null, 2)}\n`);
  const publisher = accounts.find(({ email }) => email === demoMembers.publisher.email);
  if (publisher) {
    const input = { label: "Demo command line", scopes: ["publish", "read"], namespaces: ["*"], expiresInDays: 1 };
    const { secret } = await asPerson(boot, publisher, (ctx) => createToken(ctx, input));
    writeFileSync(files.tokenFile, `${secret}\n`, { mode: 0o600 });
  }
  return files;
}
