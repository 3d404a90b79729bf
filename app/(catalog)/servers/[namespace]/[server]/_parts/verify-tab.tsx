import { Banner } from "#components/ui/banner.tsx";
import { Card } from "#components/ui/card.tsx";
import { CommandBlock } from "#components/ui/command-block.tsx";
import { Digest } from "#components/ui/digest.tsx";
import { Fact, Facts } from "#components/ui/facts.tsx";
import type { ServerPage } from "./load-server.ts";
import { toPlaces } from "./places.ts";
import { toVerifyCommands } from "./verify-commands.ts";

/** How anybody checks this version without trusting this page. */
export function VerifyTab({ page, registryId }: { page: ServerPage; registryId: string }) {
  if (!page.entry)
    return (
      <Banner tone="neutral" title="There is nothing to verify">
        This version does not resolve, so the registry serves no countersignature for it.
      </Banner>
    );
  const { approval } = page.entry;
  const commands = toVerifyCommands(registryId, page, toPlaces(page, registryId).channel);
  return (
    <div className="grid max-w-4xl gap-4">
      {page.membership?.channels.length === 0 ? (
        <Banner tone="pending" title="No channel shows this server">
          The commands that ask the registry find nothing until one does.
        </Banner>
      ) : null}
      {commands ? (
        <Card
          title="Commands"
          description="They check the publisher's signature, the countersignature, and that both are over these bytes."
        >
          <ol className="grid grid-cols-[minmax(0,1fr)] gap-5">
            <Step
              title="Against the registry"
              text="Also asks whether it has been revoked."
              command={commands.online}
            />
            <Step
              title="Keep the evidence"
              text="Saves everything that was checked into a folder."
              command={commands.save}
            />
            <Step
              title="Without any network"
              text="Checks the saved files. Cannot know of a later revocation."
              command={commands.offline}
            />
            <Step
              title="With cosign"
              text="Checks the countersignature with somebody else's tool."
              command={commands.cosign}
            />
          </ol>
        </Card>
      ) : null}
      <Card title="Digests" description="SHA-256 of the exact bytes, as the read API serves them.">
        <Facts>
          <Fact label="Manifest">
            <Digest value={approval.manifest.digest} label="manifest digest" />
          </Fact>
          {approval.bundles.map((bundle) => (
            <Fact key={bundle.digest} label="Publisher's bundle">
              <Digest value={bundle.digest} label="bundle digest" />
            </Fact>
          ))}
          <Fact label="Countersignature">
            <Digest value={approval.approval.digest} label="countersignature digest" />
          </Fact>
          <Fact label="Registry key">
            <Digest value={approval.approval.keyId} label="registry key id" />
          </Fact>
        </Facts>
      </Card>
    </div>
  );
}

function Step({ title, text, command }: { title: string; text: string; command: string }) {
  return (
    <li className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
      <h3 className="font-medium">{title}</h3>
      <p className="text-sm text-muted">{text}</p>
      <CommandBlock command={command} label={`command: ${title}`} />
    </li>
  );
}
