import { generateKeyPairSync } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { DemoNamespace, DemoWorkflow } from "#lib/demo/catalogue.ts";
import { type ManagedKeySigner, managedKeySigner, type PublishSigner } from "#lib/signing/index.ts";
import { keylessSigner } from "#lib/signing/keyless/index.ts";
import type { DemoSigstore, DemoWorkflowClaims } from "#lib/trust/demo/index.ts";

/** What the demo's publishers sign with: their own keys in files (mode 0600), and workflows of the demo trust root. */
export type DemoSigners = {
  keyFile: (namespace: string) => string;
  key: (namespace: string) => ManagedKeySigner;
  /** @param version of the release: the workflow runs at its tag */
  workflow: (workflow: DemoWorkflow, version: string) => Promise<PublishSigner>;
  of: (namespace: DemoNamespace, version: string) => Promise<PublishSigner>;
};

/** @param dir folder for the publishers' private keys */
export function openDemoSigners(dir: string, sigstore: DemoSigstore): DemoSigners {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const keyFile = (namespace: string) => path.join(dir, `${namespace}.key`);
  const key = (namespace: string) => managedKeySigner(ensurePrivateKey(keyFile(namespace)));
  const workflow = async (claims: DemoWorkflow, version: string) =>
    keylessSigner({
      identityToken: await sigstore.mintToken(toClaims(claims, `refs/tags/v${version}`)),
      signingConfig: sigstore.signingConfig,
    });
  return {
    keyFile,
    key,
    workflow,
    of: async ({ name, signer }, version) => (signer.kind === "key" ? key(name) : workflow(signer.workflow, version)),
  };
}

function ensurePrivateKey(file: string): string {
  if (!existsSync(file)) {
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
    writeFileSync(file, privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600, flag: "wx" });
  }
  return readFileSync(file, "utf8");
}

function toClaims(
  { repository, repositoryId, ownerId, workflow, trigger }: DemoWorkflow,
  ref: string,
): DemoWorkflowClaims {
  const slug = repository.replace("https://github.com/", "");
  const at = `${slug}/${workflow}@${ref}`;
  return {
    repository: slug,
    repository_id: repositoryId,
    repository_owner_id: ownerId,
    ref,
    sha: "3f786850e387550fdab836ed7e6dc881de23001b",
    event_name: trigger,
    workflow_ref: at,
    job_workflow_ref: at,
    runner_environment: "github-hosted",
    run_id: "16180339887",
  };
}
