import { canonicalBytes } from "#lib/core/canonical-json.ts";
import { parseStrictJson } from "#lib/core/strict-json.ts";
import { isPublicGood, publicGoodSigning, SigningConfiguration } from "#lib/signing/keyless/index.ts";
import type { Scene } from "../command.ts";
import { findPinned, pinsFile, savePinned } from "../config/pins.ts";
import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { readInputFile } from "../files/read-file.ts";
import type { Registry } from "../http/registry.ts";
import { safe } from "../terminal/safe-text.ts";

const maxConfigBytes = 64 * 1024;

export type SigningConfigOptions = { signingConfig?: string | undefined };

/**
 * Where to send the identity token: the file given, else what the registry says, which is pinned at first use. A
 * compromised registry that starts to advertise its own addresses is thereby refused. Public-good addresses are never
 * taken from a registry but built in.
 * @throws Failure `signing-config-changed`, `signing-config-required`
 */
export async function chooseSigningConfig(
  scene: Scene,
  registry: Registry,
  options: SigningConfigOptions,
): Promise<SigningConfiguration> {
  if (options.signingConfig !== undefined) return readConfigFile(options.signingConfig);
  const ask = () => registry.get("/api/v1/signing-config", SigningConfiguration);
  const offered = await scene.terminal.progress(safe`Asking where to sign`, ask);
  const pinned = (await findPinned(scene.env, registry.address))?.signingConfig ?? null;
  if (pinned === null) await pinFirst(scene, registry.address, offered);
  else assertSame(pinned, offered, registry.address);
  return isPublicGood(offered) ? publicGoodSigning : offered;
}

async function pinFirst(scene: Scene, registry: string, offered: SigningConfiguration): Promise<void> {
  if (scene.env.CI && !isPublicGood(offered)) {
    const text = safe`Nothing is pinned about ${registry}, and in CI it cannot say where the identity token goes.`;
    throw new Failure(EXIT.registryNotTrusted, "signing-config-required", text, {
      lines: [safe`Pass the signing configuration with --signing-config.`],
    });
  }
  await savePinned(scene.env, registry, { signingConfig: offered }, scene.now());
  const { audience, certificateAuthority } = offered;
  scene.terminal.note(
    safe`Pinned at first use: identity tokens for ${audience} go to ${certificateAuthority} (in ${pinsFile(scene.env)})`,
  );
}

function assertSame(pinned: unknown, offered: SigningConfiguration, registry: string): void {
  if (canonicalBytes(pinned).equals(canonicalBytes(offered))) return;
  const text = safe`${registry} now says to sign elsewhere (${offered.certificateAuthority}). Nothing was sent.`;
  throw new Failure(EXIT.registryNotTrusted, "signing-config-changed", text, {
    lines: [safe`Ask the registry's operators by another way; then: countersign registry forget`],
  });
}

async function readConfigFile(file: string): Promise<SigningConfiguration> {
  const bytes = await readInputFile(file, maxConfigBytes);
  try {
    const config = SigningConfiguration.parse(
      parseStrictJson(bytes, { what: "signing configuration", maxBytes: maxConfigBytes }),
    );
    return isPublicGood(config) ? publicGoodSigning : config;
  } catch (error) {
    throw new Failure(EXIT.usage, "file-unreadable", safe`${file} is no signing configuration.`, { cause: error });
  }
}
