import type { LoggedEntry, TransparencyLog } from "#lib/trust/demo/transparency-log.ts";

type CreateEntryRequest = {
  hashedRekordRequestV002?: { digest: string; signature: { content: string; verifier: object } };
};

/**
 * Rekor v2's `POST /api/v2/log/entries`: `hashedrekord` only, as the real one. It gives no promise and no time, so
 * bundles logged here need a timestamp beside.
 */
export function answerLogRequestV2(log: TransparencyLog, request: CreateEntryRequest): object {
  const record = request.hashedRekordRequestV002;
  if (!record) throw new Error("invalid type, must be hashedrekord");
  const kindVersion = { kind: "hashedrekord", version: "0.0.2" };
  const { digest, signature } = record;
  const logged = log.append({
    apiVersion: kindVersion.version,
    kind: kindVersion.kind,
    spec: { hashedRekordV002: { data: { algorithm: "SHA2_256", digest }, signature } },
  });
  return {
    logIndex: String(logged.index),
    logId: { keyId: log.logId.toString("base64") },
    kindVersion,
    integratedTime: "0",
    inclusionProof: toProof(logged),
    canonicalizedBody: logged.body.toString("base64"),
  };
}

function toProof({ index, treeSize, rootHash, hashes, checkpoint }: LoggedEntry): object {
  return {
    logIndex: String(index),
    treeSize: String(treeSize),
    rootHash: rootHash.toString("base64"),
    hashes: hashes.map((hash) => hash.toString("base64")),
    checkpoint: { envelope: checkpoint },
  };
}
