import { RawDiff } from "#components/review/raw-diff.tsx";
import { Card } from "#components/ui/card.tsx";
import { Digest } from "#components/ui/digest.tsx";
import { fetchManifestText } from "#lib/resolver/client.ts";
import type { ServerPage } from "./load-server.ts";

/** The exact bytes of the manifest: as text, with everything invisible made visible, and raw from the read API. */
export async function ManifestTab({ page: { detail, entry } }: { page: ServerPage }) {
  const digest = detail?.manifestDigest ?? entry?.approval.manifest.digest ?? "";
  const text = detail?.manifestText ?? (await fetchManifestText(digest));
  return (
    <Card title="server.json" description={<Digest value={digest} label="manifest digest" />}>
      {text === null ? null : <RawDiff before={null} after={text} />}
      {entry ? (
        <p className="mt-3 text-sm">
          <a href={`/v0.1/x/countersign/manifest/${digest}`} className="text-accent underline underline-offset-2">
            The raw bytes from the read API
          </a>
        </p>
      ) : null}
    </Card>
  );
}
