/** What a person may do. `reviewer` and `publisher` are given per namespace (`*` for all); the others are global. */
export type Role = "admin" | "auditor" | "reviewer" | "publisher";
export type Grant = { role: Role; namespace: string | null };

export type TokenScope = "read" | "publish" | "audit" | "resolve";

export type PersonActor = {
  kind: "person";
  personId: string;
  sessionId: string;
  name: string;
  email: string;
  /** When this session last proved who it is: trust-adding verbs ask for less than 15 minutes. */
  authenticatedAt: Date;
  grants: readonly Grant[];
  /** Namespaces owned, by name. */
  owns: readonly string[];
};

export type TokenActor = {
  kind: "token";
  tokenId: string;
  label: string;
  /** The person the token acts for, or null for a robot. */
  ownerId: string | null;
  createdById: string;
  scopes: readonly TokenScope[];
  /** Namespaces the token is limited to: `*` means every one its owner may use. Empty when all it may do is resolve. */
  namespaces: readonly string[];
  /** Grants of the owner as of now; for a robot, `publisher` on its namespaces. */
  grants: readonly Grant[];
  owns: readonly string[];
};

export type Actor =
  | { kind: "anonymous" }
  | PersonActor
  | TokenActor
  /** Our own processes: the expiry worker, the host's break-glass command, the start-up. */
  | { kind: "system"; name: "worker" | "host" | "boot" };

/** Everything a verb may know about its call. Time comes from here, never from the clock directly. */
export type Ctx = {
  actor: Actor;
  requestId: string;
  /** Of the caller, for throttling and the audit; null when there is none. */
  address: string | null;
  /** PUBLIC_URL as stored at installation, without a trailing slash. */
  registryId: string;
  instanceKind: "demo" | "production" | "test";
  now: () => Date;
};
