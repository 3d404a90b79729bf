import { Globe } from "lucide-react";
import type { RemoteView } from "#lib/manifest/view.ts";
import { DeliveryCard } from "./delivery-card.tsx";
import { InputList } from "./input-list.tsx";

/** One remote endpoint of a manifest. It is never a link: opening it is not what a reader wants. */
export function RemoteCard({ remote }: { remote: RemoteView }) {
  return (
    <DeliveryCard
      icon={Globe}
      title={remote.url ?? "No address"}
      kind={[remote.type, ...(remote.host ? [remote.host] : [])]}
    >
      <InputList title="Headers" inputs={remote.headers} />
      <InputList title="Address variables" inputs={remote.variables} />
    </DeliveryCard>
  );
}
