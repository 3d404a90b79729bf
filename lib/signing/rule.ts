import { z } from "zod";
import { isRefPattern } from "#lib/signing/ref-pattern.ts";

const githubUrl = /^https:\/\/[a-z0-9.-]+\/[A-Za-z0-9._-]+\/[A-Za-z0-9._-]+$/;
const workflowPath = /^\.github\/workflows\/[A-Za-z0-9._-]+\.ya?ml$/;
const numericId = /^[0-9]{1,20}$/;
const trigger = /^[a-z_]{1,40}$/;
const environment = z.string().min(1).max(255);

/** Runs a stranger's code with the repository's identity: never allowed, whatever a rule says. */
export const forbiddenTrigger = "pull_request_target";

/**
 * What a GitHub Actions rule compares, named after Fulcio's certificate extensions
 * (1.3.6.1.4.1.57264.1.N, https://github.com/sigstore/fulcio/blob/main/docs/oid-info.md).
 * Every claim but the two environments is required: an empty rule is an error, never "anyone".
 */
export const GitHubActionsClaims = z.strictObject({
  /** .8, compared exactly. */
  issuer: z.url({ protocol: /^https$/ }).max(255),
  /** .12, `https://github.com/acme/weather`. */
  repository: z.string().max(255).regex(githubUrl, "must look like https://github.com/owner/repository"),
  /** .15: survives renaming, differs after deleting and re-creating. */
  repositoryId: z.string().regex(numericId, "must be the numeric id"),
  /** .17 */
  ownerId: z.string().regex(numericId, "must be the numeric id"),
  /** Path part of .18. */
  workflow: z.string().max(255).regex(workflowPath, "must look like .github/workflows/release.yml"),
  /** For .14: an anchored glob, see ref-pattern.ts. */
  refPattern: z.string().refine(isRefPattern, "must start with refs/heads/ or refs/tags/; * stays inside a segment"),
  /** .20: at least one. */
  triggers: z
    .array(
      z
        .string()
        .regex(trigger)
        .refine((name) => name !== forbiddenTrigger, `${forbiddenTrigger} is never allowed`),
    )
    .min(1)
    .max(10),
  /** .11: `github-hosted` or `self-hosted`; null compares nothing. */
  runnerEnvironment: environment.nullable().default(null),
  /** .23; null compares nothing. */
  deploymentEnvironment: environment.nullable().default(null),
});
export type GitHubActionsClaims = z.infer<typeof GitHubActionsClaims>;

export type KeyRule = {
  id: string;
  kind: "key";
  label: string;
  managedKeyId: string;
  allowMessageSignatures: boolean;
};

export type GitHubActionsRule = {
  id: string;
  kind: "github-actions";
  label: string;
  /** The only trust root whose certificates this rule accepts. */
  trustRootSlug: string;
  claims: GitHubActionsClaims;
  allowMessageSignatures: boolean;
};

/** Who may publish into a namespace. Plain data: it crosses to the verification worker. */
export type PublisherRuleInput = KeyRule | GitHubActionsRule;
