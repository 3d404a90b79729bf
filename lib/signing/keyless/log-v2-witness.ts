import { HashAlgorithm } from "@sigstore/protobuf-specs";
import { RekorWitness, type RekorWitnessOptions, type Witness } from "@sigstore/sign";
import { sha256Hex } from "#lib/core/digest.ts";
import { preAuthEncoding } from "#lib/signing/dsse.ts";

/**
 * Logs a DSSE envelope with Rekor v2. That log takes `hashedrekord` alone, over the digest of what was signed, while
 * the library still sends the `dsse` kind; so the envelope is shown to it as a signature over its encoded form.
 */
export function createLogV2Witness(options: RekorWitnessOptions): Witness {
  const witness = new RekorWitness({ ...options, majorApiVersion: 2 });
  return {
    testify: (content, publicKey) => {
      if (content.$case !== "dsseEnvelope") return witness.testify(content, publicKey);
      const { payloadType, payload, signatures } = content.dsseEnvelope;
      const digest = Buffer.from(sha256Hex(preAuthEncoding(payloadType, payload)), "hex");
      const messageDigest = { algorithm: HashAlgorithm.SHA2_256, digest };
      const messageSignature = { messageDigest, signature: signatures[0]?.sig ?? Buffer.alloc(0) };
      return witness.testify({ $case: "messageSignature", messageSignature }, publicKey);
    },
  };
}
