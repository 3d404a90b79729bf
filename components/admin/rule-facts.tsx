import type { GitHubActionsClaimsView, RuleView } from "#lib/publishers/view.ts";
import { Digest } from "../ui/digest.tsx";
import { Fact, Facts } from "../ui/facts.tsx";
import { VisibleText } from "../ui/visible-text.tsx";

/** Everything a publisher rule compares. */
export function RuleFacts({ rule }: { rule: RuleView }) {
  return (
    <Facts>
      {rule.key ? (
        <>
          <Fact label="Key">
            <VisibleText text={rule.key.label} />
          </Fact>
          <Fact label="Key hint">
            <Digest value={rule.key.hint} label="key hint" />
          </Fact>
        </>
      ) : null}
      {rule.claims ? <ClaimFacts claims={rule.claims} /> : null}
      {rule.trustRoot ? (
        <Fact label="Trust root">
          <VisibleText text={rule.trustRoot.label} />, version {rule.trustRoot.version}
        </Fact>
      ) : null}
    </Facts>
  );
}

function ClaimFacts({ claims }: { claims: GitHubActionsClaimsView }) {
  return (
    <>
      <Fact label="Repository">
        <VisibleText text={claims.repository} />{" "}
        <span className="text-sm text-muted">
          (id {claims.repositoryId}, owner {claims.ownerId})
        </span>
      </Fact>
      <Mono label="Workflow" text={claims.workflow} />
      <Mono label="Branches or tags" text={claims.refPattern} />
      <Mono label="Triggers" text={claims.triggers.join(", ")} />
      {claims.runnerEnvironment ? <Mono label="Runner" text={claims.runnerEnvironment} /> : null}
      {claims.deploymentEnvironment ? <Mono label="Environment" text={claims.deploymentEnvironment} /> : null}
      <Fact label="Issuer">
        <VisibleText text={claims.issuer} />
      </Fact>
    </>
  );
}

function Mono({ label, text }: { label: string; text: string }) {
  return (
    <Fact label={label}>
      <VisibleText text={text} className="font-mono text-sm" />
    </Fact>
  );
}
