import { describe, expect, test } from "vitest";
import { explainRule } from "#lib/signing/explain-rule.ts";
import { describeIdentity, describeRule, toRulePrefill } from "#lib/signing/identity-text.ts";
import { GitHubActionsClaims } from "#lib/signing/rule.ts";
import type { VerifiedIdentity } from "#lib/signing/view.ts";
import { toKeyRule, workflowRule } from "#lib/testing/signing/workshop.ts";

type Workflow = VerifiedIdentity & { kind: "github-actions" };

const workflow: Workflow = {
  kind: "github-actions",
  issuer: workflowRule.claims.issuer,
  repository: "https://github.com/acme/weather",
  repositoryId: "101",
  ownerId: "202",
  workflow: ".github/workflows/release.yml",
  ref: "refs/tags/v1.2.0",
  trigger: "push",
  runnerEnvironment: "github-hosted",
  deploymentEnvironment: null,
  sha: null,
  subjectAlternativeName: "https://github.com/acme/weather/.github/workflows/release.yml@refs/tags/v1.2.0",
  runUrl: null,
};
const key: VerifiedIdentity = { kind: "key", hint: "h", keyId: "key-1", label: "Acme", algorithm: "ecdsa-p256-sha256" };
const email: VerifiedIdentity = { kind: "email", issuer: workflowRule.claims.issuer, email: "ann@acme.example" };
const subject = { kind: "dsse", trustRootSlug: "demo" } as const;
const failed = (explained: ReturnType<typeof explainRule>) =>
  explained.checks.filter((check) => !check.ok).map((check) => check.claim);

describe("a workflow rule", () => {
  test("lists every claim it compares", () => {
    const { matches, checks } = explainRule(workflowRule, workflow, subject);
    expect(matches).toBe(true);
    expect(checks.map((check) => check.claim)).toEqual([
      "trust root",
      "issuer",
      "repository",
      "repository id",
      "owner id",
      "workflow",
      "ref",
      "trigger",
      "signature kind",
    ]);
  });

  test.each<[string, Partial<Workflow>]>([
    ["issuer", { issuer: `${workflow.issuer}/` }],
    ["repository", { repository: "https://github.com/Acme/weather" }],
    ["repository id", { repositoryId: "0101" }],
    ["owner id", { ownerId: "203" }],
    ["workflow", { workflow: ".github/workflows/release.yaml" }],
    ["ref", { ref: "refs/tags/v1/x" }],
    ["trigger", { trigger: "schedule" }],
  ])("fails on %s alone", (claim, change) => {
    const explained = explainRule(workflowRule, { ...workflow, ...change }, subject);
    expect(explained.matches).toBe(false);
    expect(failed(explained)).toEqual([claim]);
  });

  test("fails on the trust root alone", () => {
    expect(failed(explainRule(workflowRule, workflow, { ...subject, trustRootSlug: "other" }))).toEqual(["trust root"]);
  });

  test("never lets pull_request_target through, even when it says so", () => {
    const claims = { ...workflowRule.claims, triggers: ["pull_request_target"] };
    expect(
      explainRule({ ...workflowRule, claims }, { ...workflow, trigger: "pull_request_target" }, subject).matches,
    ).toBe(false);
    expect(GitHubActionsClaims.safeParse(claims).success).toBe(false);
  });

  test("compares environments only where it names them", () => {
    const claims = { ...workflowRule.claims, runnerEnvironment: "github-hosted", deploymentEnvironment: "release" };
    const rule = { ...workflowRule, claims };
    expect(failed(explainRule(rule, workflow, subject))).toEqual(["deployment environment"]);
    expect(explainRule(rule, { ...workflow, deploymentEnvironment: "release" }, subject).matches).toBe(true);
  });

  test("shows what others wrote escaped", () => {
    const { checks } = explainRule(workflowRule, { ...workflow, ref: "refs/tags/\u001b[31m\u202e" }, subject);
    expect(checks.find((check) => check.claim === "ref")?.actual).toBe('"refs/tags/\\u{1b}[31m\\u{202e}"');
  });
});

describe("identities of other kinds are never compared", () => {
  test.each([
    ["workflow rule with an e-mail address", workflowRule, email],
    ["workflow rule with a key", workflowRule, key],
    ["key rule with a workflow", toKeyRule(), workflow],
    ["key rule with an e-mail address", toKeyRule({ managedKeyId: "ann@acme.example" }), email],
  ] as const)("%s", (_what, rule, identity) => {
    const { matches, checks } = explainRule(rule, identity, subject);
    expect(matches).toBe(false);
    expect(checks[0]).toMatchObject({ claim: "identity kind", expected: rule.kind, actual: identity.kind, ok: false });
  });
});

test("a key rule compares the key, and an empty one matches nothing", () => {
  expect(explainRule(toKeyRule(), key, subject).matches).toBe(true);
  expect(explainRule(toKeyRule({ managedKeyId: "key-2" }), key, subject).matches).toBe(false);
  expect(explainRule(toKeyRule({ managedKeyId: "" }), { ...key, keyId: "" }, subject).matches).toBe(false);
});

test("bare signatures need a rule that takes them", () => {
  const message = { ...subject, kind: "message" } as const;
  expect(failed(explainRule(toKeyRule(), key, message))).toEqual(["signature kind"]);
  expect(explainRule(toKeyRule({ allowMessageSignatures: true }), key, message).matches).toBe(true);
});

describe("claims of a rule", () => {
  test.each(Object.keys(workflowRule.claims).filter((claim) => !claim.endsWith("Environment")))("need %s", (claim) => {
    const { [claim as keyof GitHubActionsClaims]: _gone, ...rest } = workflowRule.claims;
    expect(GitHubActionsClaims.safeParse(workflowRule.claims).success).toBe(true);
    expect(GitHubActionsClaims.safeParse(rest).success).toBe(false);
  });

  test.each([
    ["plain http issuer", { issuer: "http://token.example" }],
    ["repository that is an owner", { repository: "https://github.com/acme" }],
    ["repository with a wildcard", { repository: "https://github.com/acme/*" }],
    ["id that is a name", { repositoryId: "weather" }],
    ["workflow elsewhere", { workflow: "ci/release.yml" }],
    ["workflow that climbs", { workflow: ".github/workflows/../x.yml" }],
    ["ref pattern for everything", { refPattern: "**" }],
    ["no trigger", { triggers: [] }],
    ["empty environment", { runnerEnvironment: "" }],
    ["unknown claim", { anything: true }],
  ])("are refused with %s", (_what, change) => {
    expect(GitHubActionsClaims.safeParse({ ...workflowRule.claims, ...change }).success).toBe(false);
  });
});

describe("prefill from a verified identity", () => {
  test("is as narrow as what was seen, and matches it", () => {
    const claims = toRulePrefill(workflow);
    expect(claims).toMatchObject({
      refPattern: "refs/tags/v1.2.0",
      triggers: ["push"],
      runnerEnvironment: "github-hosted",
    });
    if (claims) expect(explainRule({ ...workflowRule, claims }, workflow, subject).matches).toBe(true);
  });

  test.each([
    ["a key", key],
    ["an e-mail address", email],
    ["a trigger that is never allowed", { ...workflow, trigger: "pull_request_target" }],
    ["a pull request", { ...workflow, ref: "refs/pull/1/merge" }],
  ] as const)("is not made for %s", (_what, identity) => expect(toRulePrefill(identity)).toBeNull());
});

test("one safe line describes identities and rules", () => {
  expect(describeIdentity(workflow)).toBe(
    "https://github.com/acme/weather .github/workflows/release.yml at refs/tags/v1.2.0 (push)",
  );
  expect(describeIdentity({ ...key, label: "a\nb" })).toBe("key a\\u{a}b (h)");
  expect(describeRule(workflowRule)).toContain("on refs/tags/v*, triggered by push or release");
});
