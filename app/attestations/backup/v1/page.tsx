import { backupPredicateType } from "#lib/core/identifiers.ts";
import { pageCtx } from "#lib/session/index.ts";
import { type PredicateField, PredicatePage } from "../../_parts/predicate-page.tsx";

export const metadata = { title: "Backup, v1" };

const fields: PredicateField[] = [
  { name: "registry", type: "URL", meaning: "This registry. Another one refuses the backup." },
  { name: "instanceKind", type: "demo | production", meaning: "A backup of one kind never becomes the other." },
  { name: "createdAt", type: "time", meaning: "When it was made." },
  { name: "migrations", type: "list", meaning: "The version of the database, by name and SHA-256 of each migration." },
  {
    name: "tables",
    type: "list",
    meaning: "What is in the body, in order: each table with its columns, the number of its rows and their SHA-256.",
  },
  {
    name: "chains",
    type: "two",
    meaning: "Ledger and refusals: their heads, and how they and the countersignatures were judged at that moment.",
  },
];

export default async function BackupPredicatePage() {
  const { registryId } = await pageCtx();
  return (
    <PredicatePage
      title="Backup, v1"
      type={backupPredicateType(registryId)}
      says="This registry wrote these bytes as a backup of itself. Nothing else is restored."
      subject="One: the body of the backup, by the SHA-256 of its bytes in the file"
      signedBy="This registry's key, valid at the time it bears"
      fields={fields}
    />
  );
}
