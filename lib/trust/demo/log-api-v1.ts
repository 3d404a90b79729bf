import { createPublicKey, verify, X509Certificate } from "node:crypto";
import { canonicalBytes } from "#lib/core/canonical-json.ts";
import { preAuthEncoding } from "#lib/signing/index.ts";
import { sha256, signSha256 } from "#lib/trust/demo/key-file.ts";
import { hashLeaf } from "#lib/trust/demo/merkle-tree.ts";
import type { LoggedEntry, TransparencyLog } from "#lib/trust/demo/transparency-log.ts";

type ProposedEntry = {
  kind: string;
  spec: { proposedContent?: { envelope: string; verifiers: [string] } };
};

type Envelope = { payload: string; payloadType: string; signatures: { sig: string }[] };

/** Rekor's `POST /api/v1/log/entries`: checks what it can, logs the stored form, answers with promise and proof. */
export function answerLogRequestV1(log: TransparencyLog, proposed: ProposedEntry, now: Date): object {
  const logged = log.append(toStoredEntry(proposed));
  const integratedTime = Math.floor(now.getTime() / 1000);
  const body = logged.body.toString("base64");
  const logID = log.logId.toString("hex");
  const promise = { body, integratedTime, logIndex: logged.index, logID };
  const verification = {
    signedEntryTimestamp: signSha256(log.key, canonicalBytes(promise)).toString("base64"),
    inclusionProof: toProof(logged),
  };
  return { [hashLeaf(logged.body).toString("hex")]: { ...promise, verification } };
}

function toProof({ index, treeSize, rootHash, hashes, checkpoint }: LoggedEntry): object {
  return {
    logIndex: index,
    treeSize,
    rootHash: rootHash.toString("hex"),
    hashes: hashes.map((hash) => hash.toString("hex")),
    checkpoint,
  };
}

/** A proposed `dsse` entry is stored as digests; `hashedrekord` is stored as proposed. */
function toStoredEntry(proposed: ProposedEntry): object {
  const content = proposed.spec.proposedContent;
  if (proposed.kind === "hashedrekord") return proposed;
  if (proposed.kind !== "dsse" || !content) throw new Error("unsupported kind of entry");
  const [verifier] = content.verifiers;
  const envelope = JSON.parse(content.envelope) as Envelope;
  assertSigned(envelope, Buffer.from(verifier, "base64").toString());
  const hash = (bytes: Uint8Array) => ({ algorithm: "sha256", value: sha256(bytes).toString("hex") });
  return {
    apiVersion: "0.0.1",
    kind: "dsse",
    spec: {
      envelopeHash: hash(Buffer.from(content.envelope)),
      payloadHash: hash(Buffer.from(envelope.payload, "base64")),
      signatures: envelope.signatures.map(({ sig }) => ({ signature: sig, verifier })),
    },
  };
}

function assertSigned({ payload, payloadType, signatures }: Envelope, pem: string): void {
  const key = pem.includes("CERTIFICATE") ? new X509Certificate(pem).publicKey : createPublicKey(pem);
  const signed = preAuthEncoding(payloadType, Buffer.from(payload, "base64"));
  const [signature] = signatures;
  if (signature && verify("sha256", signed, key, Buffer.from(signature.sig, "base64"))) return;
  throw new Error("signature does not verify");
}
