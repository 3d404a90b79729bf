import { describeIdentity } from "#lib/signing/index.ts";
import { describePins } from "../commands/manifest-output.ts";
import { raw, safe, safeTable } from "../terminal/safe-text.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { Evidence } from "./evidence.ts";
import type { Judgement } from "./judge.ts";

/** Says step by step what was verified, and what was not. */
export function reportJudgement(terminal: Terminal, evidence: Evidence, judgement: Judgement, at: Date): void {
  const { ok, code, steps, approval, identity, revocation } = judgement;
  const predicate = approval?.predicate ?? null;
  const failed = steps.find((step) => !step.ok);
  terminal.result({
    ok,
    ...(ok ? {} : { error: { code, message: failed?.detail ?? "verification failed" } }),
    registry: evidence.registryId,
    registryKeyTrustedBy: evidence.trustedBy,
    at: at.toISOString(),
    name: predicate?.name ?? null,
    version: predicate?.version ?? null,
    manifestDigest: approval?.manifestDigest ?? null,
    steps,
    identity,
    approval: predicate && {
      keyId: approval?.keyId,
      state: predicate.state,
      round: predicate.round,
      approvedAt: predicate.approvedAt,
      expiresAt: predicate.expiresAt,
      pins: predicate.pins,
    },
    revocation,
  });
  for (const step of steps) terminal.print(describeStep(terminal, step));
  const verdict = ok ? terminal.style("green", safe`verified`) : terminal.style("red", safe`NOT VERIFIED`);
  const what = predicate ? safe`  ${predicate.name} ${predicate.version}` : safe``;
  terminal.print(safe``, safe`${raw(verdict)}${raw(what)}${raw(ok ? safe`` : safe`  (${code})`)}`);
  const rows = safeTable([
    ["manifest", safe`${approval?.manifestDigest}`],
    ["signed by", safe`${identity ? describeIdentity(identity) : null}`],
    ["countersigned", predicate ? safe`${predicate.approvedAt} by ${evidence.registryId}` : safe``],
    ["expires", safe`${predicate?.expiresAt}`],
    ["revocation", safe`${revocation.detail}`],
  ]);
  terminal.print(...rows, ...describePins(predicate?.pins.entries ?? []));
}

function describeStep(terminal: Terminal, step: Judgement["steps"][number]) {
  const mark = step.ok ? terminal.style("green", safe`✓`) : terminal.style("red", safe`✗`);
  return safe`${raw(mark)} ${step.label}  ${raw(terminal.style("dim", safe`${step.detail}`))}`;
}
