/** Claims of a GitHub Actions token, by their real names; see GitHub's documentation of OIDC in Actions. */
export type DemoWorkflowClaims = {
  /** `acme/weather` */
  repository: string;
  repository_id: string;
  repository_owner_id: string;
  /** `refs/tags/v1.2.0` */
  ref: string;
  sha: string;
  /** `push` */
  event_name: string;
  /** `acme/weather/.github/workflows/release.yml@refs/tags/v1.2.0` */
  workflow_ref: string;
  /** The workflow that runs: another repository's when it is a reusable one. */
  job_workflow_ref: string;
  runner_environment: "github-hosted" | "self-hosted";
  run_id: string;
  environment?: string;
};

export type DemoEmailClaims = { email: string };
export type DemoClaims = DemoWorkflowClaims | DemoEmailClaims;

const server = "https://github.com";

/** What Fulcio puts into a certificate: one name, and extensions 1.3.6.1.4.1.57264.1.N by number. */
export type DemoIdentity = { name: { type: "url" | "email"; value: string }; extensions: Map<number, string> };

/** As Fulcio does for GitHub Actions and e-mail (https://github.com/sigstore/fulcio/blob/main/docs/oid-info.md). */
export function toDemoIdentity(issuer: string, claims: DemoClaims): DemoIdentity {
  if ("email" in claims) {
    return { name: { type: "email", value: claims.email }, extensions: new Map([[8, issuer]]) };
  }
  const repository = `${server}/${claims.repository}`;
  const [owner] = claims.repository.split("/");
  const extensions = new Map([
    [8, issuer],
    [9, `${server}/${claims.job_workflow_ref}`],
    [10, claims.sha],
    [11, claims.runner_environment],
    [12, repository],
    [13, claims.sha],
    [14, claims.ref],
    [15, claims.repository_id],
    [16, `${server}/${owner}`],
    [17, claims.repository_owner_id],
    [18, `${server}/${claims.workflow_ref}`],
    [19, claims.sha],
    [20, claims.event_name],
    [21, `${repository}/actions/runs/${claims.run_id}/attempts/1`],
    [22, "private"],
  ]);
  if (claims.environment !== undefined) extensions.set(23, claims.environment);
  return { name: { type: "url", value: `${server}/${claims.job_workflow_ref}` }, extensions };
}

/** `sub` of a token: GitHub's form for a workflow, the address for a person. */
export function toSubject(claims: DemoClaims): string {
  return "email" in claims ? claims.email : `repo:${claims.repository}:ref:${claims.ref}`;
}
