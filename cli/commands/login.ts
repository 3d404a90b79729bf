import type { Command, Scene } from "../command.ts";
import { saveToken } from "../config/credentials.ts";
import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { chooseRegistry, openRegistry, type RegistryOptions } from "../http/registry.ts";
import { SessionAnswer, WhoamiAnswer } from "../http/shapes.ts";
import { askSecret, askText, readStdin } from "../terminal/ask.ts";
import { safe } from "../terminal/safe-text.ts";
import { printIdentity } from "./whoami.ts";

/** A token never comes from the command line, where other users of the machine and the shell's history see it. */
const tokenForm = /^cs[ts]_[\x21-\x7e]{8,512}$/;

/**
 * Stores a token for a registry after trying it: an API token from the prompt or standard input, or a session opened
 * with e-mail address and password.
 */
export const login: Command<RegistryOptions & { email?: string | undefined }> = async (scene, options) => {
  const { terminal, env, now } = scene;
  const registry = await chooseRegistry(env, options);
  const token = options.email ? await openSession(scene, registry, options.email) : await readToken(scene);
  const opened = await openRegistry(env, { registry }, token);
  const identity = await terminal.progress(safe`Asking ${registry}`, () => opened.get("/api/v1/whoami", WhoamiAnswer));
  const file = await saveToken(env, { registry, token, now: now() });
  terminal.result({ ok: true, registry, identity, file });
  printIdentity(terminal, registry, identity);
  terminal.note(safe`The token is in ${file}.`);
  return EXIT.done;
};

async function readToken({ terminal }: Scene): Promise<string> {
  const message = safe`API token (made under Tokens in the registry)`;
  const token = terminal.interactive
    ? await askSecret(terminal, message, safe`Pass the token on standard input.`)
    : await readStdin();
  if (tokenForm.test(token.trim())) return token.trim();
  throw new Failure(EXIT.usage, "not-a-token", safe`That is not a token of a registry (they begin with cst_ or css_).`);
}

async function openSession(scene: Scene, registry: string, email: string): Promise<string> {
  const { terminal, env } = scene;
  const opened = await openRegistry(env, { registry }, null);
  const otherwise = safe`Nobody can be asked for the password: pass an API token on standard input instead.`;
  const password = await askSecret(terminal, safe`Password of ${email}`, otherwise);
  const signIn = (json: object) => opened.send({ method: "POST", path: "/api/v1/sessions", json }, SessionAnswer);
  try {
    return (await terminal.progress(safe`Signing in`, () => signIn({ email, password }))).token;
  } catch (error) {
    if (!(error instanceof Failure) || error.details.totpRequired !== true) throw error;
    const totp = await askText(terminal, safe`Code from your authenticator`, otherwise);
    return (await terminal.progress(safe`Signing in`, () => signIn({ email, password, totp }))).token;
  }
}
