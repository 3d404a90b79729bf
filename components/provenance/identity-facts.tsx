import type { ReactNode } from "react";
import type { VerifiedIdentity } from "#lib/signing/view.ts";
import { Digest } from "../ui/digest.tsx";
import { ExternalLink } from "../ui/external-link.tsx";
import { Fact } from "../ui/facts.tsx";
import { VisibleText } from "../ui/visible-text.tsx";

type GitHubActions = Extract<VerifiedIdentity, { kind: "github-actions" }>;

/** Every claim of a verified identity, as `Fact`s. */
export function IdentityFacts({ identity }: { identity: VerifiedIdentity }) {
  switch (identity.kind) {
    case "key":
      return (
        <>
          <Text label="Key">{identity.label}</Text>
          <Text label="Algorithm">{identity.algorithm}</Text>
          <Fact label="Key hint">
            <Digest value={identity.hint} label="key hint" />
          </Fact>
        </>
      );
    case "github-actions":
      return <GitHubFacts identity={identity} />;
    case "email":
      return (
        <>
          <Text label="E-mail">{identity.email}</Text>
          <Text label="Issuer">{identity.issuer}</Text>
        </>
      );
    case "uri":
      return (
        <>
          <Text label="Identity">{identity.uri}</Text>
          <Text label="Issuer">{identity.issuer}</Text>
        </>
      );
  }
}

function GitHubFacts({ identity }: { identity: GitHubActions }) {
  return (
    <>
      <Text label="Issuer">{identity.issuer}</Text>
      <Fact label="Repository">
        <VisibleText text={identity.repository} />{" "}
        <span className="text-sm text-muted">
          (id <VisibleText text={identity.repositoryId} />, owner <VisibleText text={identity.ownerId} />)
        </span>
      </Fact>
      <Text label="Workflow" mono>
        {identity.workflow}
      </Text>
      <Text label="Ref" mono>
        {identity.ref}
      </Text>
      <Text label="Trigger">{identity.trigger}</Text>
      {identity.sha ? (
        <Text label="Commit" mono>
          {identity.sha}
        </Text>
      ) : null}
      {identity.runnerEnvironment ? <Text label="Runner">{identity.runnerEnvironment}</Text> : null}
      {identity.deploymentEnvironment ? <Text label="Environment">{identity.deploymentEnvironment}</Text> : null}
      {identity.runUrl ? (
        <Fact label="Run">
          <ExternalLink href={identity.runUrl}>
            <VisibleText text={identity.runUrl} />
          </ExternalLink>
        </Fact>
      ) : null}
    </>
  );
}

function Text({ label, mono, children }: { label: ReactNode; mono?: boolean; children: string }) {
  return (
    <Fact label={label}>
      <VisibleText text={children} className={mono ? "font-mono text-sm" : undefined} />
    </Fact>
  );
}
