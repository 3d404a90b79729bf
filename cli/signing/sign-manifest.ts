import type { ManifestView } from "#lib/manifest/view.ts";
import { KeylessSigningFailed, keylessSigner, TokenNotSent } from "#lib/signing/keyless/index.ts";
import { managedKeySigner, type PublishSigner, signPublishStatement } from "#lib/signing/sign-publish.ts";
import type { Scene } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import type { Registry } from "../http/registry.ts";
import { safe } from "../terminal/safe-text.ts";
import { findIdentitySource, type IdentityOptions } from "./identity-token.ts";
import { openKeyFile } from "./key-file.ts";
import { chooseSigningConfig, type SigningConfigOptions } from "./signing-config.ts";

export type SigningOptions = IdentityOptions & SigningConfigOptions & { key?: string | undefined };

/**
 * Signs that this manifest is to be published at this registry, with the key named, or keyless with an identity
 * token where one is at hand. @throws Failure when neither is, or signing fails.
 */
export async function signManifest(
  scene: Scene,
  registry: Registry,
  options: SigningOptions,
  { manifestBytes, manifest }: { manifestBytes: Uint8Array; manifest: ManifestView },
): Promise<Buffer> {
  const signer = await chooseSigner(scene, registry, options);
  const { name, version } = manifest;
  const what = { manifestBytes, name, version, registryId: registry.address, signer };
  try {
    return await scene.terminal.progress(safe`Signing ${name} ${version}`, () => signPublishStatement(what));
  } catch (error) {
    if (!(error instanceof KeylessSigningFailed)) throw error;
    throw new Failure(EXIT.unavailable, "signing-failed", safe`${error.message}`, { details: { reason: error.code } });
  }
}

async function chooseSigner(scene: Scene, registry: Registry, options: SigningOptions): Promise<PublishSigner> {
  if (options.key !== undefined) {
    const { pem, passphrase } = await openKeyFile(scene, options.key);
    return managedKeySigner(pem, passphrase ?? undefined);
  }
  const source = findIdentitySource(scene, options);
  if (!source) {
    throw new Failure(EXIT.usage, "no-signer", safe`Who signs? Nothing says so.`, {
      lines: [
        safe`--key <file>                  with a key of your own (countersign keygen)`,
        safe`--identity-token-file <file>  keyless, or COUNTERSIGN_IDENTITY_TOKEN, or GitHub Actions with id-token: write`,
        safe`--bundle <file>               with a Sigstore bundle made elsewhere`,
      ],
    });
  }
  const signingConfig = await chooseSigningConfig(scene, registry, options);
  const identityToken = await scene.terminal.progress(safe`Getting the identity token`, () =>
    source(signingConfig.audience),
  );
  return openKeylessSigner({ identityToken, signingConfig });
}

function openKeylessSigner(options: Parameters<typeof keylessSigner>[0]): PublishSigner {
  try {
    return keylessSigner(options);
  } catch (error) {
    if (!(error instanceof TokenNotSent)) throw error;
    throw new Failure(EXIT.usage, error.code, safe`${error.message}; it was not sent anywhere.`);
  }
}
