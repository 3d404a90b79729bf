import { z } from "zod";
import type { Command, Scene } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { readVersionArgument } from "../files/version-argument.ts";
import { safe } from "../terminal/safe-text.ts";
import type { Evidence } from "../verify/evidence.ts";
import { fetchEvidence } from "../verify/fetch-evidence.ts";
import { judgeEvidence } from "../verify/judge.ts";
import { readEvidence } from "../verify/read-evidence.ts";
import { reportJudgement } from "../verify/report.ts";
import { saveEvidence } from "../verify/save.ts";

export type VerifyInput = {
  target?: string | undefined;
  registry?: string | undefined;
  registryKey?: string | undefined;
  channel?: string | undefined;
  manifest?: string | undefined;
  bundle?: string | undefined;
  approval?: string | undefined;
  trustedRoot?: string | undefined;
  at?: string | undefined;
  requireStatus: boolean;
  save?: string | undefined;
};

/** Verifies a version: publisher's signature, countersignature, digests, identity and expiry. */
export const verify: Command<VerifyInput> = async (scene, input) => {
  const asked = input.target === undefined ? { name: null, version: null } : readVersionArgument(input.target);
  const at = input.at === undefined ? scene.now() : readTime(input.at);
  const evidence = await gatherEvidence(scene, input, asked);
  const judgement = judgeEvidence(evidence, { ...asked, at, requireStatus: input.requireStatus });
  const signedBy = judgement.approval?.keyId ?? null;
  if (input.save !== undefined) await saveEvidence(scene.terminal, { evidence, signedBy, dir: input.save });
  reportJudgement(scene.terminal, evidence, judgement, at);
  return judgement.ok ? EXIT.done : EXIT.verificationFailed;
};

async function gatherEvidence(
  scene: Scene,
  input: VerifyInput,
  asked: { name: string | null; version: string | null },
): Promise<Evidence> {
  const { manifest, bundle, approval, trustedRoot, registryKey, registry, channel } = input;
  const named = { manifest, bundle, approval, "trusted-root": trustedRoot };
  if (Object.values(named).every((file) => file === undefined)) {
    if (asked.name !== null)
      return fetchEvidence(scene, { ...asked, name: asked.name, registry, registryKey, channel });
    throw new Failure(
      EXIT.usage,
      "bad-argument",
      safe`Name a version to fetch, or all the files to verify without a registry.`,
    );
  }
  if (manifest && bundle && approval && trustedRoot && registryKey) {
    return readEvidence({ manifest, bundle, approval, trustedRoot, registryKey, registry });
  }
  const missing = Object.entries({ ...named, "registry-key": registryKey }).filter(([, file]) => !file);
  const list = missing.map(([option]) => `--${option}`).join(", ");
  throw new Failure(EXIT.usage, "bad-argument", safe`Without a registry these files are needed too: ${list}`);
}

function readTime(text: string): Date {
  if (z.iso.datetime({ offset: true }).safeParse(text).success) return new Date(text);
  throw new Failure(
    EXIT.usage,
    "bad-argument",
    safe`--at is no RFC 3339 time: ${text} (expected 2026-01-31T12:00:00Z)`,
  );
}
