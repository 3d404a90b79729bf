import { RawDiff } from "#components/review/raw-diff.tsx";
import { Card } from "#components/ui/card.tsx";
import { Digest } from "#components/ui/digest.tsx";
import type { Ctx } from "#lib/core/context.ts";
import { fetchManifestText } from "#lib/resolver/client.ts";
import { toReadOptions } from "../../../../_parts/require-reader.ts";
import type { ServerPage } from "./load-server.ts";
import { toPlaces } from "./places.ts";

/** The exact bytes of the manifest: as text, with everything invisible made visible, and raw from the read API. */
export async function ManifestTab({ page, ctx }: { page: ServerPage; ctx: Ctx }) {
  const { detail, entry } = page;
  const digest = detail?.manifestDigest ?? entry?.approval.manifest.digest ?? "";
  const text = detail?.manifestText ?? (await fetchManifestText(digest, toReadOptions(ctx)));
  const { open } = toPlaces(page, ctx.registryId);
  return (
    <Card title="server.json" description={<Digest value={digest} label="manifest digest" />}>
      {text === null ? null : <RawDiff before={null} after={text} />}
      {entry && open !== null ? (
        <p className="mt-3 text-sm">
          <a
            href={`${open}/v0.1/x/countersign/manifest/${digest}`}
            className="text-accent underline underline-offset-2"
          >
            The raw bytes from the read API
          </a>
        </p>
      ) : null}
    </Card>
  );
}
