import { Package } from "lucide-react";
import type { PackageView, Pin } from "#lib/manifest/view.ts";
import { Digest } from "../ui/digest.tsx";
import { VisibleText } from "../ui/visible-text.tsx";
import { DeliveryCard } from "./delivery-card.tsx";
import { InputList } from "./input-list.tsx";
import { PinBadge } from "./pin-badge.tsx";

/** One package of a manifest: what is installed, how it is started, what it is given, and whether it is pinned. */
export function PackageCard({ pack, pin }: { pack: PackageView; pin: Pin | undefined }) {
  return (
    <DeliveryCard
      icon={Package}
      title={`${pack.identifier}${pack.version ? ` ${pack.version}` : ""}`}
      kind={[pack.registryType, pack.registryBaseUrl, pack.transport.type, pack.runtimeHint].filter(
        (part) => part !== null,
      )}
      badge={pin ? <PinBadge status={pin.status} /> : null}
    >
      {pin ? <PinNote pin={pin} /> : null}
      {pack.transport.url ? (
        <p className="text-sm">
          <span className="text-muted">Listens at</span> <VisibleText text={pack.transport.url} className="font-mono" />
        </p>
      ) : null}
      <InputList title="Runtime arguments" inputs={pack.runtimeArguments} />
      <InputList title="Arguments" inputs={pack.packageArguments} />
      <InputList title="Environment" inputs={pack.environment} />
      <InputList title="Headers" inputs={pack.transport.headers} />
    </DeliveryCard>
  );
}

function PinNote({ pin }: { pin: Pin }) {
  return (
    <div className="text-sm text-muted">
      <VisibleText text={pin.reason} className="inline-block first-letter:uppercase" />
      {pin.digest ? (
        <div className="text-ink">
          <Digest value={pin.digest} label="artifact digest" />
        </div>
      ) : null}
    </div>
  );
}
