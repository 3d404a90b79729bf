/** A table whose rows a backup holds. */
export type BackupTable = {
  name: string;
  /** SQL condition for the rows it holds; all of them when left out. */
  only?: string;
};

/** Every table that travels, in an order in which a row's parents come before it. */
export const backupTables: readonly BackupTable[] = [
  { name: "Instance" },
  { name: "Person" },
  { name: "RoleGrant" },
  // Who used a reset is asked when policy is loosened. A link that still opens something must not come back to life.
  { name: "OneTimeLink", only: '"consumedAt" IS NOT NULL OR "revokedAt" IS NOT NULL' },
  { name: "Token" },
  { name: "Namespace" },
  { name: "NamespaceOwner" },
  { name: "TrustRoot" },
  { name: "ManagedKey" },
  { name: "PublisherRule" },
  { name: "PolicyChange" },
  { name: "Server" },
  { name: "ServerTag" },
  { name: "Version" },
  { name: "Bundle" },
  { name: "Vote" },
  { name: "Approval" },
  { name: "RegistryKey" },
  { name: "Channel" },
  { name: "ChannelSecret" },
  { name: "ChannelMove" },
  { name: "Resolution" },
  { name: "LedgerEntry" },
  { name: "LedgerHead" },
  { name: "RefusalEntry" },
  { name: "RefusalHead" },
];

/** Tables that stay behind whole: who was signed in, and who was being counted, at that moment. */
export const leftTables: readonly string[] = ["Session", "Throttle"];

/** Tables in which the migrations themselves put a row, which a restore replaces. */
export const tablesWithFirstRow: readonly string[] = ["LedgerHead", "RefusalHead", "Channel"];
