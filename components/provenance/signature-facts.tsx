import type { SignatureView } from "#lib/signing/view.ts";
import { Badge } from "../ui/badge.tsx";
import { Digest } from "../ui/digest.tsx";
import { Fact, Facts } from "../ui/facts.tsx";
import { Time } from "../ui/time.tsx";
import { VisibleText } from "../ui/visible-text.tsx";
import { IdentityFacts } from "./identity-facts.tsx";

/** Everything one publisher bundle proved when it was received. */
export function SignatureFacts({ signature }: { signature: SignatureView }) {
  const { identity, trustRoot, rule } = signature;
  return (
    <Facts>
      <IdentityFacts identity={identity} />
      <SignedAt signature={signature} />
      <Fact label="Received at">
        <Time at={signature.receivedAt} absolute />
      </Fact>
      <Fact label="Trust root">
        <TrustRoot trustRoot={trustRoot} />
        <Digest value={trustRoot.sha256} label="trust root digest" short className="flex" />
      </Fact>
      <LogEntry signature={signature} />
      <Fact label="Rule that matched">
        <VisibleText text={rule.summary} />
      </Fact>
      <Fact label="Form">{signature.kind === "dsse" ? "Publish statement (DSSE)" : "Message signature"}</Fact>
      <Fact label="Bundle">
        <Digest value={signature.bundleSha256} label="bundle digest" short />
      </Fact>
    </Facts>
  );
}

export function SignedAt({ signature: { signedAt } }: { signature: SignatureView }) {
  return (
    <Fact label="Signed at">
      {signedAt ? <Time at={signedAt} absolute /> : <span className="text-muted">No timestamp: judged at receipt</span>}
    </Fact>
  );
}

export function TrustRoot({ trustRoot }: { trustRoot: SignatureView["trustRoot"] }) {
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      <span>
        {trustRoot.label} <span className="text-muted">version {trustRoot.version}</span>
      </span>
      {trustRoot.demo ? <Badge tone="unpinned">Demo only</Badge> : null}
    </span>
  );
}

function LogEntry({ signature: { logEntry } }: { signature: SignatureView }) {
  return (
    <Fact label="Log entry">
      {logEntry ? (
        <>
          <span className="tabular-nums">#{logEntry.logIndex}</span>{" "}
          {logEntry.integratedTime ? (
            <span className="text-muted">
              at <Time at={logEntry.integratedTime} absolute />
            </span>
          ) : null}
        </>
      ) : (
        <span className="text-muted">None: a managed key need not be logged</span>
      )}
    </Fact>
  );
}
