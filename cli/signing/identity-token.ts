import { z } from "zod";
import type { Scene } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { readInputFile } from "../files/read-file.ts";
import { toFailure } from "../http/problem.ts";
import { request } from "../http/request.ts";
import { readStdin } from "../terminal/ask.ts";
import { safe } from "../terminal/safe-text.ts";

const maxTokenBytes = 16 * 1024;
const Minted = z.object({ value: z.string().min(1).max(maxTokenBytes) });

export type IdentityOptions = { identityTokenFile?: string | undefined };

/** Gets a token made for an audience. A token that is given cannot be remade, so it must be for that one already. */
export type IdentitySource = (audience: string) => Promise<string>;

/**
 * Where the identity token comes from: the file named (`-` is standard input), COUNTERSIGN_IDENTITY_TOKEN, or GitHub
 * Actions. Null when there is none. Never an argument: arguments are seen by others on the machine.
 */
export function findIdentitySource({ env }: Scene, { identityTokenFile }: IdentityOptions): IdentitySource | null {
  if (identityTokenFile === "-") return readStdin;
  if (identityTokenFile !== undefined) {
    return async () => (await readInputFile(identityTokenFile, maxTokenBytes)).toString("utf8").trim();
  }
  const given = env.COUNTERSIGN_IDENTITY_TOKEN;
  if (given) return async () => given.trim();
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token } = env;
  return url && token ? (audience) => mintInGitHubActions(url, token, audience) : null;
}

/** Spec: GitHub's documentation on OpenID Connect in workflows (`permissions: id-token: write`). */
async function mintInGitHubActions(url: string, token: string, audience: string): Promise<string> {
  const address = new URL(url);
  address.searchParams.set("audience", audience);
  const answer = await request({ url: address.href, token, maxBytes: 64 * 1024 });
  if (answer.status !== 200) throw toFailure(answer);
  try {
    return Minted.parse(JSON.parse(Buffer.from(answer.bytes).toString("utf8"))).value;
  } catch (error) {
    throw new Failure(EXIT.unavailable, "no-identity-token", safe`GitHub Actions gave no identity token.`, {
      cause: error,
    });
  }
}
