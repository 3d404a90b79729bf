import type { SignatureRefusal } from "#lib/signing/refusal.ts";
import { makeStatementBundle, toStatement } from "#lib/testing/signing/bundles.ts";
import { sign, type TamperRow } from "#lib/testing/signing/tamper.ts";
import { name, registryId, version } from "#lib/testing/signing/workshop.ts";

const good = toStatement();
const [subject] = good.subject as [object];
const predicate = { registry: registryId, name, version };

function statement(change: string, code: SignatureRefusal, value: object | string): TamperRow {
  return sign(`statement ${change}`, code, (workshop) => makeStatementBundle(workshop, { statement: value }));
}

/** Statements that are truly signed by the right workflow and say something else. */
export const statementRows: TamperRow[] = [
  sign("payload of another type", "statement-payload-type", (w) =>
    makeStatementBundle(w, { payloadType: "text/plain" }),
  ),
  statement("that is no JSON", "statement-json", "hello"),
  statement("with a repeated predicate", "statement-json", `${JSON.stringify(good).slice(0, -1)},"predicate":{}}`),
  statement("with predicate and Predicate", "statement-json", { ...good, Predicate: predicate }),
  statement("with an unknown member", "statement-malformed", { ...good, note: "x" }),
  statement("without predicate type", "statement-malformed", { ...good, predicateType: undefined }),
  statement("of version 2", "statement-type", { ...good, _type: "https://in-toto.io/Statement/v2" }),
  statement("without subject", "statement-subject", { ...good, subject: [] }),
  statement("with two subjects", "statement-subject", { ...good, subject: [subject, subject] }),
  statement("with another digest", "statement-digest", {
    ...good,
    subject: [{ ...subject, digest: { sha256: "0".repeat(64) } }],
  }),
  statement("with sha512 alone", "statement-digest", {
    ...good,
    subject: [{ ...subject, digest: { sha512: "0".repeat(128) } }],
  }),
  statement("with its digest in upper case", "statement-digest", {
    ...good,
    subject: [{ ...subject, digest: upperDigest() }],
  }),
  statement("that is an SBOM", "statement-predicate-type", { ...good, predicateType: "https://spdx.dev/Document" }),
  statement("for another registry's predicate type", "statement-predicate-type", {
    ...good,
    predicateType: "https://other.example/attestations/publish/v1",
  }),
  statement("for another registry", "statement-predicate", {
    ...good,
    predicate: { ...predicate, registry: "https://other.example" },
  }),
  statement("without version", "statement-predicate", { ...good, predicate: { registry: registryId, name } }),
  statement("with more than the predicate has", "statement-predicate", {
    ...good,
    predicate: { ...predicate, force: true },
  }),
  statement("with an empty predicate", "statement-predicate", { ...good, predicate: null }),
  statement("for another name", "name-mismatch", {
    ...good,
    predicate: { ...predicate, name: "io.github.acme/other" },
  }),
  statement("for another version", "version-mismatch", { ...good, predicate: { ...predicate, version: "1.2.1" } }),
];

function upperDigest(): { sha256: string } {
  const { digest } = subject as { digest: { sha256: string } };
  return { sha256: digest.sha256.toUpperCase() };
}
