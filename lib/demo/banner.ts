import path from "node:path";
import { styleText } from "node:util";
import { shellQuote } from "#lib/core/escape.ts";
import type { DemoOrganisation } from "#lib/demo/load.ts";

const bold = (text: string) => styleText("bold", text);

/** What a newcomer needs after `npm run demo`: where to look, as whom, what to ask, what to try. */
export function describeDemo(
  { publicUrl, instanceDir }: { publicUrl: string; instanceDir: string },
  { accounts, tryout, channels }: DemoOrganisation,
): string {
  const from = (file: string) => path.relative(process.cwd(), file);
  const countersign = (...argv: string[]) => `    ${shellQuote(["npx", "--no-install", "countersign", ...argv])}`;
  const get = (name: string) =>
    `    ${shellQuote(["curl", "-s", `${publicUrl}/v0.1/servers/${name}/versions/latest`])}`;
  const widest = Math.max(...accounts.map(({ email }) => email.length));
  const people = accounts.map(({ email, does, password }) => `    ${email.padEnd(widest)}  ${password}  ${does}`);
  return [
    "",
    `  ${bold("Countersign is ready:")} ${bold(publicUrl)}`,
    "  A demo organisation, on this machine only. Its signatures are real; its trust root is a demo.",
    "",
    `  ${bold("Sign in as")} (passwords are new at each start; earlier sessions have ended)`,
    ...people,
    "",
    `  ${bold("Ask as a client would")}`,
    "    An approved server, as its signed manifest says:",
    get("app.linear/linear"),
    "    A refused one: its image is not pinned, so nothing of it resolves (404):",
    get("io.github.grafana/mcp-grafana"),
    "    Verify one from its publisher's signature to the countersignature:",
    countersign("verify", "app.linear/linear", "--registry", publicUrl),
    "",
    `  ${bold("Channels")} (append /v0.1/servers; an address with a secret is new at each start)`,
    ...channels.flatMap(({ label, address, readers }) => [`    ${label}, for ${readers}`, `      ${address}`]),
    "",
    `  ${bold("Next, publish a version yourself")} and approve it as ${accounts.find(({ does }) => does === "reviewer")?.email ?? "a reviewer"}`,
    `${countersign("login", "--registry", publicUrl)} < ${shellQuote([from(tryout.tokenFile)])}`,
    countersign("publish", from(tryout.manifestFile), "--key", from(tryout.keyFile)),
    `    then open ${publicUrl}/reviews`,
    "",
    `  Ctrl-C stops everything. The data stays in ${from(instanceDir)}; delete that folder to start over.`,
    "",
  ].join("\n");
}
