import { audiences } from "#components/channels/audience.ts";
import { Card } from "#components/ui/card.tsx";
import { Fact, Facts } from "#components/ui/facts.tsx";
import { Time } from "#components/ui/time.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { ChannelView } from "#lib/channels/view.ts";

/** The settings of a channel and their history in short. */
export function ChannelFacts({ channel }: { channel: ChannelView }) {
  const { audience, openToPeople, serveV0, edition, createdAt, createdBy, updatedAt } = channel;
  return (
    <Card title="Settings">
      <Facts>
        <Fact label="Audience">{audiences[audience].label}</Fact>
        {audience === "token" ? (
          <Fact label="Tokens made by">
            {openToPeople ? "everybody, for themselves" : "administrators, for robots"}
          </Fact>
        ) : null}
        <Fact label="Versions of the API">{serveV0 ? "v0.1 and v0" : "v0.1"}</Fact>
        <Fact label="Made">
          <Time at={createdAt} absolute />
          {createdBy ? (
            <span className="block text-sm text-muted">
              by <VisibleText text={createdBy} />
            </span>
          ) : (
            <span className="block text-sm text-muted">with the registry</span>
          )}
        </Fact>
        <Fact label="Last changed">
          <Time at={updatedAt} absolute />
          <span className="block text-sm text-muted">edition {edition}</span>
        </Fact>
      </Facts>
    </Card>
  );
}
