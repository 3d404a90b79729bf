import { Globe, Package } from "lucide-react";
import type { ManifestView } from "#lib/manifest/view.ts";
import { VisibleText } from "../ui/visible-text.tsx";

/** How a server is delivered: the registries of its packages, and whether it runs remotely. */
export function Delivery({ manifest }: { manifest: ManifestView }) {
  const kinds = [...new Set(manifest.packages.map((pack) => pack.registryType))];
  return (
    <span className="inline-flex flex-wrap gap-x-3 gap-y-1 text-sm text-muted">
      {kinds.map((kind) => (
        <span key={kind} className="inline-flex items-center gap-1">
          <Package aria-hidden="true" className="size-3.5" />
          <VisibleText text={kind} />
        </span>
      ))}
      {manifest.remotes.length > 0 ? (
        <span className="inline-flex items-center gap-1">
          <Globe aria-hidden="true" className="size-3.5" />
          {manifest.remotes.length === 1 ? "remote" : `${manifest.remotes.length} remotes`}
        </span>
      ) : null}
    </span>
  );
}
