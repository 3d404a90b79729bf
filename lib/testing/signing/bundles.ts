import { createHash, createPrivateKey, generateKeyPairSync, sign } from "node:crypto";
import type * as x509 from "@peculiar/x509";
import { bundleToJSON } from "@sigstore/bundle";
import {
  DSSEBundleBuilder,
  MessageSignatureBundleBuilder,
  RekorWitness,
  type Signer,
  TSAWitness,
  type Witness,
} from "@sigstore/sign";
import { PAYLOAD_TYPE_IN_TOTO, publishPredicateType, STATEMENT_TYPE_V1 } from "#lib/core/identifiers.ts";
import { createLogV2Witness } from "#lib/signing/keyless/log-v2-witness.ts";
import { managedKeySigner } from "#lib/signing/sign-publish.ts";
import { name, registryId, toManifest, version, type Workshop, workflowClaims } from "#lib/testing/signing/workshop.ts";
import { issueLeaf, openCertificateAuthority } from "#lib/trust/demo/certificate-authority.ts";
import { toPem } from "#lib/trust/demo/certificates.ts";
import { type DemoClaims, type DemoIdentity, toDemoIdentity } from "#lib/trust/demo/claims.ts";
import { demoIssuer } from "#lib/trust/demo/index.ts";

const retry = { retries: 2 };

export function toStatement(manifestBytes: Uint8Array = toManifest(), changes: object = {}): Record<string, unknown> {
  const sha256 = createHash("sha256").update(manifestBytes).digest("hex");
  return {
    _type: STATEMENT_TYPE_V1,
    subject: [{ name: "server.json", digest: { sha256 } }],
    predicateType: publishPredicateType(registryId),
    predicate: { registry: registryId, name, version },
    ...changes,
  };
}

export type CertificateChoice = {
  claims?: DemoClaims;
  issuer?: string;
  change?: (identity: DemoIdentity) => DemoIdentity;
  reshape?: (extensions: x509.Extension[]) => x509.Extension[];
};

/** Signs as somebody with a certificate straight from the authority, without token: also ones that must be refused. */
export function certificateSigner({ dir, clock }: Workshop, choice: CertificateChoice = {}): Signer {
  return {
    sign: async (data) => {
      const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
      const identity = toDemoIdentity(choice.issuer ?? demoIssuer, choice.claims ?? workflowClaims);
      const leaf = await issueLeaf(
        await openCertificateAuthority(dir),
        publicKey.export({ type: "spki", format: "der" }),
        choice.change ? choice.change(identity) : identity,
        { at: new Date(clock.now), ...(choice.reshape ? { reshape: choice.reshape } : {}) },
      );
      const key = { $case: "x509Certificate", certificate: toPem(leaf) } as const;
      return { signature: sign("sha256", data, privateKey), key };
    },
  };
}

/** A managed key as the library's signer, to have its signatures logged and dated. */
export function librarySigner(privateKeyPem: string): Signer {
  const privateKey = createPrivateKey(privateKeyPem);
  const { hint, spkiPem: publicKey } = managedKeySigner(privateKeyPem);
  const key = { $case: "publicKey", hint, publicKey } as const;
  return { sign: async (data) => ({ signature: sign("sha256", data, privateKey), key }) };
}

export type WitnessChoice = "log" | "log+time" | "log2+time" | "time" | "none";

export function toWitnesses({ sigstore: { url } }: Workshop, choice: WitnessChoice): Witness[] {
  const options = { rekorBaseURL: url, retry };
  const time = new TSAWitness({ tsaBaseURL: url, retry });
  switch (choice) {
    case "log":
      return [new RekorWitness(options)];
    case "log+time":
      return [new RekorWitness(options), time];
    case "log2+time":
      return [createLogV2Witness(options), time];
    case "time":
      return [time];
    case "none":
      return [];
  }
}

export type BundleJson = {
  mediaType: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests take bundles apart on purpose
  verificationMaterial: any;
  // biome-ignore lint/suspicious/noExplicitAny: tests take bundles apart on purpose
  [content: string]: any;
};

/** A DSSE bundle over a statement, as its parsed JSON. */
export async function makeStatementBundle(
  workshop: Workshop,
  options: {
    statement?: object | string;
    payloadType?: string;
    witness?: WitnessChoice;
    certificate?: CertificateChoice;
    signer?: Signer;
  } = {},
): Promise<BundleJson> {
  const { statement = toStatement(), payloadType = PAYLOAD_TYPE_IN_TOTO, witness = "log+time" } = options;
  const builder = new DSSEBundleBuilder({
    signer: options.signer ?? certificateSigner(workshop, options.certificate),
    witnesses: toWitnesses(workshop, witness),
  });
  const data = Buffer.from(typeof statement === "string" ? statement : JSON.stringify(statement));
  return bundleToJSON(await builder.create({ data, type: payloadType })) as BundleJson;
}

/** A bare signature over bytes, as cosign sign-blob makes it. */
export async function makeMessageBundle(
  workshop: Workshop,
  options: { bytes?: Buffer; witness?: WitnessChoice; signer?: Signer } = {},
): Promise<BundleJson> {
  const { bytes = toManifest(), witness = "log+time", signer = certificateSigner(workshop) } = options;
  const builder = new MessageSignatureBundleBuilder({ signer, witnesses: toWitnesses(workshop, witness) });
  return bundleToJSON(await builder.create({ data: bytes })) as BundleJson;
}

export function toBytes(bundle: object): Buffer {
  return Buffer.from(JSON.stringify(bundle));
}
