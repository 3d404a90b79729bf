import { describe, expect, it } from "vitest";
import { keyForm, keyRuleForm, workflowRuleForm } from "./forms.ts";

const id = "0190b5f0-0000-7000-8000-000000000000";
const rule = { namespace: "com.acme", label: "Release" };

describe("the form of a workflow rule", () => {
  const filled = {
    ...rule,
    kind: "github-actions",
    trustRootSlug: "public-good",
    "claims.issuer": "https://token.actions.githubusercontent.com",
    "claims.repository": "https://github.com/acme/weather",
    "claims.repositoryId": "1",
    "claims.ownerId": "2",
    "claims.workflow": ".github/workflows/release.yml",
    "claims.refPattern": "refs/tags/v*",
    "claims.triggers": ["push"],
    "claims.runnerEnvironment": "",
    "claims.deploymentEnvironment": "",
  };

  it("becomes the input of the verb", () => {
    const parsed = workflowRuleForm.parse(filled);
    expect(parsed.allowMessageSignatures).toBe(false);
    expect(parsed.claims).toMatchObject({ repositoryId: "1", triggers: ["push"], runnerEnvironment: null });
  });

  it("names the claim that is missing or wrong", () => {
    const { "claims.repository": _left, ...without } = filled;
    const result = workflowRuleForm.safeParse({ ...without, "claims.triggers": ["pull_request_target"] });
    expect(result.error?.issues.map((issue) => issue.path.join("."))).toEqual([
      "claims.repository",
      "claims.triggers.0",
    ]);
  });

  it("refuses a claim it does not know", () => {
    expect(workflowRuleForm.safeParse({ ...filled, "claims.anyone": "yes" }).success).toBe(false);
  });

  it("needs a trigger when none is ticked", () => {
    const { "claims.triggers": _none, ...without } = filled;
    expect(workflowRuleForm.safeParse(without).error?.issues[0]?.path).toEqual(["claims", "triggers"]);
  });
});

describe("the form of a key", () => {
  const key = { namespace: "com.acme", label: "Laptop", pem: "-----BEGIN PUBLIC KEY-----" };

  it("ends with the day given, or never", () => {
    expect(keyForm.parse({ ...key, notAfter: "2027-01-31" }).notAfter).toBe("2027-01-31T23:59:59Z");
    expect(keyForm.parse({ ...key, notAfter: "" }).notAfter).toBeNull();
    expect(keyForm.safeParse({ ...key, notAfter: "soon" }).success).toBe(false);
  });
});

it("switches message signatures on only when ticked", () => {
  const form = { ...rule, kind: "key", managedKeyId: id };
  expect(keyRuleForm.parse(form).allowMessageSignatures).toBe(false);
  expect(keyRuleForm.parse({ ...form, allowMessageSignatures: "on" }).allowMessageSignatures).toBe(true);
});
