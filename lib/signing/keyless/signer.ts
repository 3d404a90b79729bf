import { bundleToJSON } from "@sigstore/bundle";
import { DSSEBundleBuilder, FulcioSigner, RekorWitness, TSAWitness, type Witness } from "@sigstore/sign";
import { PAYLOAD_TYPE_IN_TOTO } from "#lib/core/identifiers.ts";
import { SigningConfiguration } from "#lib/signing/keyless/configuration.ts";
import { assertTokenMayBeSent } from "#lib/signing/keyless/identity-token.ts";
import { createLogV2Witness } from "#lib/signing/keyless/log-v2-witness.ts";
import type { PublishSigner } from "#lib/signing/sign-publish.ts";

/** Without a retry, a keep-alive connection that died in between fails the whole signing. */
const connection = { timeout: 15_000, retry: { retries: 2 } };

/** Which service failed, by the library's code. Never holds the token or text of the service. */
export class KeylessSigningFailed extends Error {
  readonly code: string;
  constructor(code: string) {
    super(`signing failed: ${code.toLowerCase().replaceAll("_", " ")}`);
    this.name = "KeylessSigningFailed";
    this.code = code;
  }
}

/**
 * Signer with a fresh key and a certificate for ten minutes, for whoever the identity token is of. Talks to the
 * addresses in the configuration and to nothing else; the token is held back where it could be misused.
 * @throws TokenNotSent and ZodError at once; `sign` rejects with KeylessSigningFailed
 */
export function keylessSigner(options: { identityToken: string; signingConfig: SigningConfiguration }): PublishSigner {
  const configuration = SigningConfiguration.parse(options.signingConfig);
  const { identityToken } = options;
  assertTokenMayBeSent(identityToken, configuration);
  const builder = new DSSEBundleBuilder({
    signer: new FulcioSigner({
      fulcioBaseURL: configuration.certificateAuthority,
      identityProvider: { getToken: async () => identityToken },
      ...connection,
    }),
    witnesses: toWitnesses(configuration),
  });
  return { sign: (statement) => sign(builder, statement) };
}

async function sign(builder: DSSEBundleBuilder, statement: object): Promise<Buffer> {
  const data = Buffer.from(JSON.stringify(statement), "utf8");
  try {
    const bundle = await builder.create({ data, type: PAYLOAD_TYPE_IN_TOTO });
    return Buffer.from(JSON.stringify(bundleToJSON(bundle)), "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "UNKNOWN";
    throw new KeylessSigningFailed(code);
  }
}

function toWitnesses({ transparencyLog, timestampAuthority }: SigningConfiguration): Witness[] {
  const witnesses: Witness[] = [];
  if (transparencyLog) {
    const options = { rekorBaseURL: transparencyLog.url, ...connection };
    witnesses.push(transparencyLog.version === 2 ? createLogV2Witness(options) : new RekorWitness(options));
  }
  if (timestampAuthority) witnesses.push(new TSAWitness({ tsaBaseURL: timestampAuthority, ...connection }));
  return witnesses;
}
