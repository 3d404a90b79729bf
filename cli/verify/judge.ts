import { verifyOffline } from "#lib/signing/index.ts";
import type { Evidence } from "./evidence.ts";

export type Step = { id: string; label: string; ok: boolean; detail: string };

/** How far revocation is known: a registry's own word when it was asked, else nothing. */
export type Revocation = { status: "not-checked" | "not-revoked" | "withdrawn-from-readers"; detail: string };

export type Judgement = ReturnType<typeof judgeEvidence>;

/**
 * Verifies evidence at a moment, then what was asked for beside it: that the version is the one named, and that its
 * status is known. Pure.
 */
export function judgeEvidence(
  evidence: Evidence,
  asked: { name: string | null; version: string | null; at: Date; requireStatus: boolean },
) {
  const verdict = verifyOffline({ ...evidence, at: asked.at.getTime() });
  const steps: Step[] = [...verdict.steps];
  const predicate = verdict.approval?.predicate ?? null;
  if (predicate && asked.name !== null) steps.push(compareNames(predicate, asked.name, asked.version));
  const revocation = describeRevocation(evidence);
  const statusOk = revocation.status === "not-revoked" || (revocation.status === "not-checked" && !asked.requireStatus);
  if (!statusOk) steps.push({ id: "status", label: "Status", ok: false, detail: revocation.detail });
  const failed = steps.find((step) => !step.ok);
  const code = verdict.ok ? (failed?.id ?? null) : (verdict.code ?? failed?.id ?? "verification-failed");
  return {
    ok: verdict.ok && !failed,
    code: code === "status" ? `status-${revocation.status}` : code,
    steps,
    approval: verdict.approval ?? null,
    identity: verdict.identity ?? null,
    revocation,
  };
}

function compareNames(predicate: { name: string; version: string }, name: string, version: string | null): Step {
  const ok = predicate.name === name && (version === null || predicate.version === version);
  const detail = `${predicate.name}@${predicate.version}`;
  return { id: "wrong-version", label: "The version asked for", ok, detail };
}

function describeRevocation({ status }: Evidence): Revocation {
  if (status === null) return { status: "not-checked", detail: "not checked: the registry was not asked" };
  if (status.shown !== "deleted") return { status: "not-revoked", detail: `the registry shows it as ${status.shown}` };
  const reason = status.message === null ? "" : `: ${status.message}`;
  return { status: "withdrawn-from-readers", detail: `the registry no longer shows it${reason}` };
}
