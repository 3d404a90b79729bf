import { z } from "zod";
import {
  maxBundleBytes,
  PAYLOAD_TYPE_IN_TOTO,
  publishPredicateType,
  STATEMENT_TYPE_V1,
  STATEMENT_TYPE_V01,
} from "#lib/core/identifiers.ts";
import { quote } from "#lib/signing/quote.ts";
import { readJson } from "#lib/signing/read-json.ts";
import { refuse } from "#lib/signing/refusal.ts";
import { describeIssue } from "#lib/signing/shape-issue.ts";

const Envelope = z.strictObject({
  _type: z.string(),
  subject: z.array(z.looseObject({ name: z.string().optional(), digest: z.record(z.string(), z.string()) })),
  predicateType: z.string(),
  predicate: z.unknown(),
});

const PublishPredicate = z.strictObject({ registry: z.string(), name: z.string(), version: z.string() });
/** What a publisher states: this manifest is to be published there, under this name and version. */
export type PublishPredicate = z.infer<typeof PublishPredicate>;

/**
 * Reads a publish statement (in-toto v1 or v0.1; cosign attest-blob writes v0.1) and binds it to the manifest and to
 * this registry: the library verifies the envelope's signature and leaves all of this to its caller. The subject's
 * name is the publisher's choice and not compared.
 * @param manifestSha256 hex
 * @throws Refusal
 */
export function readPublishStatement(
  envelope: { payload: Uint8Array; payloadType: string },
  manifestSha256: string,
  registryId: string,
): PublishPredicate {
  if (envelope.payloadType !== PAYLOAD_TYPE_IN_TOTO) {
    refuse("statement-payload-type", "statement", `payload type is ${quote(envelope.payloadType)}`);
  }
  const limits = { what: "statement", maxBytes: maxBundleBytes, maxDepth: 16 };
  const codes = { tooLarge: "statement-json", malformed: "statement-json", check: "statement" } as const;
  const parsed = Envelope.safeParse(readJson(envelope.payload, limits, codes));
  if (!parsed.success) {
    return refuse("statement-malformed", "statement", `unexpected shape at ${describeIssue(parsed.error)}`);
  }
  const { _type, subject, predicateType, predicate } = parsed.data;
  if (_type !== STATEMENT_TYPE_V1 && _type !== STATEMENT_TYPE_V01) {
    refuse("statement-type", "statement", `statement type is ${quote(_type)}`);
  }
  assertSubject(subject, manifestSha256);
  return readPredicate(predicateType, predicate, registryId);
}

function assertSubject(subjects: readonly { digest: Record<string, string> }[], manifestSha256: string): void {
  const [subject] = subjects;
  if (!subject || subjects.length !== 1) {
    return refuse("statement-subject", "statement", `exactly one subject is needed, got ${subjects.length}`);
  }
  if (subject.digest.sha256 === manifestSha256) return;
  const seen = quote(subject.digest.sha256);
  refuse("statement-digest", "statement", `subject sha256 is ${seen}, the manifest's is ${manifestSha256}`);
}

function readPredicate(predicateType: string, predicate: unknown, registryId: string): PublishPredicate {
  const expected = publishPredicateType(registryId);
  if (predicateType !== expected) {
    const seen = quote(predicateType);
    refuse("statement-predicate-type", "statement", `predicate type is ${seen}, expected ${quote(expected)}`);
  }
  const parsed = PublishPredicate.safeParse(predicate);
  if (!parsed.success) {
    const issue = describeIssue(parsed.error);
    return refuse("statement-predicate", "statement", `the predicate needs registry, name and version alone: ${issue}`);
  }
  if (parsed.data.registry !== registryId) {
    const seen = quote(parsed.data.registry);
    refuse("statement-predicate", "statement", `signed for registry ${seen}, this is ${quote(registryId)}`);
  }
  return parsed.data;
}
