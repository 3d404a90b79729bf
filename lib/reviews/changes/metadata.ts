import type { ManifestView } from "#lib/manifest/view.ts";
import { compareKeyed } from "#lib/reviews/changes/keyed.ts";
import type { ChangeView } from "#lib/reviews/view.ts";

type Field = { label: string; pointer: string; read: (manifest: ManifestView) => string | null };

const fields: Field[] = [
  { label: "title", pointer: "/title", read: ({ title }) => title },
  { label: "description", pointer: "/description", read: ({ description }) => description },
  { label: "website", pointer: "/websiteUrl", read: ({ websiteUrl }) => websiteUrl },
  { label: "repository", pointer: "/repository", read: ({ repository }) => describeRepository(repository) },
  { label: "schema", pointer: "/$schema", read: ({ schema }) => schema },
  { label: "icons", pointer: "/icons", read: ({ icons }) => icons.join("\n") || null },
];

/** Texts and addresses people go by, and what the publisher says about itself under `_meta`. */
export function compareMetadata(before: ManifestView | null, after: ManifestView): ChangeView[] {
  if (!before) return [];
  const texts = fields.flatMap(({ label, pointer, read }) => compareText(label, pointer, read(before), read(after)));
  const keyed = ({ claims }: ManifestView) =>
    claims.map((value) => ({ key: value.pointer, value, pointer: value.pointer }));
  const claims = compareKeyed(keyed(before), keyed(after), (claim) => claim.value).map(
    ({ key, kind, from, to, pointer }): ChangeView => ({
      area: "metadata",
      kind,
      label: `claim ${(to ?? from)?.value.name ?? key}`,
      before: from?.value.value ?? null,
      after: to?.value.value ?? null,
      pointer: pointer ?? "/_meta",
    }),
  );
  return [...texts, ...claims];
}

function compareText(label: string, pointer: string, before: string | null, after: string | null): ChangeView[] {
  if (before === after) return [];
  const kind = before === null ? "added" : after === null ? "removed" : "changed";
  return [{ area: "metadata", kind, label, before, after, pointer }];
}

function describeRepository(repository: ManifestView["repository"]): string | null {
  if (!repository) return null;
  const { url, source, subfolder } = repository;
  return `${url} (${source})${subfolder === null ? "" : ` in ${subfolder}`}`;
}
