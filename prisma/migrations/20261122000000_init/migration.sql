-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "InstanceKind" AS ENUM ('demo', 'production', 'test');

-- CreateEnum
CREATE TYPE "PersonState" AS ENUM ('active', 'deactivated');

-- CreateEnum
CREATE TYPE "RoleName" AS ENUM ('admin', 'auditor', 'reviewer', 'publisher');

-- CreateEnum
CREATE TYPE "LinkKind" AS ENUM ('bootstrap', 'invitation', 'password_reset');

-- CreateEnum
CREATE TYPE "SessionKind" AS ENUM ('browser', 'api');

-- CreateEnum
CREATE TYPE "UnpinnedPolicy" AS ENUM ('allow', 'refuse');

-- CreateEnum
CREATE TYPE "RuleKind" AS ENUM ('key', 'github_actions');

-- CreateEnum
CREATE TYPE "RuleState" AS ENUM ('proposed', 'active', 'retired');

-- CreateEnum
CREATE TYPE "ChangeState" AS ENUM ('waiting', 'applied', 'cancelled');

-- CreateEnum
CREATE TYPE "VersionState" AS ENUM ('pending', 'rejected', 'withdrawn', 'approved', 'quarantined', 'revoked');

-- CreateEnum
CREATE TYPE "BundleKind" AS ENUM ('dsse', 'message');

-- CreateEnum
CREATE TYPE "ApprovalState" AS ENUM ('approved', 'revoked');

-- CreateTable
CREATE TABLE "Instance" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "kind" "InstanceKind" NOT NULL,
    "registryId" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Instance_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Person" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "emailKey" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "state" "PersonState" NOT NULL DEFAULT 'active',
    "passwordHash" TEXT,
    "passwordChangedAt" TIMESTAMPTZ(3),
    "totpSecret" TEXT,
    "totpEnabledAt" TIMESTAMPTZ(3),
    "totpLastStep" BIGINT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RoleGrant" (
    "id" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "role" "RoleName" NOT NULL,
    "namespace" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "RoleGrant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OneTimeLink" (
    "id" UUID NOT NULL,
    "kind" "LinkKind" NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "personId" UUID,
    "email" TEXT,
    "name" TEXT,
    "grants" JSONB NOT NULL,
    "createdById" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "consumedAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "OneTimeLink_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Session" (
    "id" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "kind" "SessionKind" NOT NULL,
    "tokenHash" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "authenticatedAt" TIMESTAMPTZ(3) NOT NULL,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),
    "address" TEXT,
    "userAgent" TEXT,

    CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Token" (
    "id" UUID NOT NULL,
    "label" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "ownerId" UUID,
    "createdById" UUID NOT NULL,
    "scopes" TEXT[],
    "namespaces" TEXT[],
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "lastUsedAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Throttle" (
    "key" TEXT NOT NULL,
    "windowStart" TIMESTAMPTZ(3) NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "Throttle_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "Namespace" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "nameKey" TEXT NOT NULL,
    "requiredApprovals" INTEGER NOT NULL DEFAULT 1,
    "lifetimeDays" INTEGER NOT NULL DEFAULT 90,
    "unpinned" "UnpinnedPolicy" NOT NULL DEFAULT 'allow',
    "maxPending" INTEGER NOT NULL DEFAULT 20,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Namespace_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "NamespaceOwner" (
    "namespaceId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "NamespaceOwner_pkey" PRIMARY KEY ("namespaceId","personId")
);

-- CreateTable
CREATE TABLE "TrustRoot" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "label" TEXT NOT NULL,
    "demo" BOOLEAN NOT NULL DEFAULT false,
    "bytes" BYTEA NOT NULL,
    "sha256" TEXT NOT NULL,
    "issuers" TEXT[],
    "thresholds" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "retiredAt" TIMESTAMPTZ(3),

    CONSTRAINT "TrustRoot_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ManagedKey" (
    "id" UUID NOT NULL,
    "namespaceId" UUID NOT NULL,
    "label" TEXT NOT NULL,
    "hint" TEXT NOT NULL,
    "spkiPem" TEXT NOT NULL,
    "algorithm" TEXT NOT NULL,
    "controllerIds" UUID[],
    "notBefore" TIMESTAMPTZ(3) NOT NULL,
    "notAfter" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),
    "revokedReason" TEXT,
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ManagedKey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PublisherRule" (
    "id" UUID NOT NULL,
    "namespaceId" UUID NOT NULL,
    "kind" "RuleKind" NOT NULL,
    "state" "RuleState" NOT NULL,
    "label" TEXT NOT NULL,
    "trustRootSlug" TEXT,
    "trustRootId" UUID,
    "managedKeyId" UUID,
    "claims" JSONB NOT NULL,
    "allowMessageSignatures" BOOLEAN NOT NULL DEFAULT false,
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "activatedAt" TIMESTAMPTZ(3),
    "retiredAt" TIMESTAMPTZ(3),

    CONSTRAINT "PublisherRule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PolicyChange" (
    "id" UUID NOT NULL,
    "namespaceId" UUID,
    "kind" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "summary" TEXT NOT NULL,
    "state" "ChangeState" NOT NULL,
    "proposedById" UUID NOT NULL,
    "proposedAt" TIMESTAMPTZ(3) NOT NULL,
    "effectiveAt" TIMESTAMPTZ(3),
    "decidedById" UUID,
    "decidedAt" TIMESTAMPTZ(3),

    CONSTRAINT "PolicyChange_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Server" (
    "id" UUID NOT NULL,
    "namespaceId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "nameKey" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Server_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Version" (
    "id" UUID NOT NULL,
    "serverId" UUID NOT NULL,
    "version" TEXT NOT NULL,
    "state" "VersionState" NOT NULL,
    "deprecated" BOOLEAN NOT NULL DEFAULT false,
    "round" INTEGER NOT NULL DEFAULT 0,
    "requiredApprovals" INTEGER NOT NULL,
    "manifest" BYTEA NOT NULL,
    "manifestDigest" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "title" TEXT,
    "validation" JSONB NOT NULL,
    "pins" JSONB NOT NULL,
    "uploaderPersonId" UUID,
    "uploaderTokenId" UUID,
    "tokenCreatorId" UUID,
    "uploaderLabel" TEXT NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,
    "publishedAt" TIMESTAMPTZ(3),
    "statusChangedAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "statusMessage" TEXT,
    "expiresAt" TIMESTAMPTZ(3),
    "expiredRound" INTEGER,

    CONSTRAINT "Version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Bundle" (
    "id" UUID NOT NULL,
    "versionId" UUID NOT NULL,
    "bytes" BYTEA NOT NULL,
    "sha256" TEXT NOT NULL,
    "kind" "BundleKind" NOT NULL,
    "identity" JSONB NOT NULL,
    "signedAt" TIMESTAMPTZ(3),
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,
    "trustRootSlug" TEXT NOT NULL,
    "trustRootVersion" INTEGER NOT NULL,
    "trustRootSha256" TEXT NOT NULL,
    "trustRootBytes" BYTEA NOT NULL,
    "managedKeyId" UUID,
    "ruleId" UUID NOT NULL,
    "ruleSummary" TEXT NOT NULL,
    "logEntry" JSONB,
    "checks" JSONB NOT NULL,

    CONSTRAINT "Bundle_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Vote" (
    "id" UUID NOT NULL,
    "versionId" UUID NOT NULL,
    "round" INTEGER NOT NULL,
    "personId" UUID NOT NULL,
    "reviewDigest" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Vote_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Approval" (
    "id" UUID NOT NULL,
    "versionId" UUID NOT NULL,
    "round" INTEGER NOT NULL,
    "state" "ApprovalState" NOT NULL,
    "bundle" BYTEA NOT NULL,
    "sha256" TEXT NOT NULL,
    "keyId" TEXT NOT NULL,
    "reviewRecord" BYTEA,
    "reviewDigest" TEXT,
    "approvedAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3),

    CONSTRAINT "Approval_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RegistryKey" (
    "keyId" TEXT NOT NULL,
    "spkiPem" TEXT NOT NULL,
    "notBefore" TIMESTAMPTZ(3) NOT NULL,
    "notAfter" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),
    "rotation" BYTEA,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "RegistryKey_pkey" PRIMARY KEY ("keyId")
);

-- CreateTable
CREATE TABLE "LedgerEntry" (
    "seq" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "action" TEXT NOT NULL,
    "actorLabel" TEXT NOT NULL,
    "serverName" TEXT,
    "namespace" TEXT,
    "subject" TEXT NOT NULL,
    "body" BYTEA NOT NULL,
    "prevSha256" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,

    CONSTRAINT "LedgerEntry_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "LedgerHead" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "seq" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "sha256" TEXT NOT NULL,

    CONSTRAINT "LedgerHead_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RefusalEntry" (
    "seq" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "namespace" TEXT,
    "subject" TEXT NOT NULL,
    "body" BYTEA NOT NULL,
    "prevSha256" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,

    CONSTRAINT "RefusalEntry_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "RefusalHead" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "seq" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "sha256" TEXT NOT NULL,

    CONSTRAINT "RefusalHead_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Person_emailKey_key" ON "Person"("emailKey");

-- CreateIndex
CREATE UNIQUE INDEX "RoleGrant_personId_role_namespace_key" ON "RoleGrant"("personId", "role", "namespace");

-- CreateIndex
CREATE UNIQUE INDEX "OneTimeLink_tokenHash_key" ON "OneTimeLink"("tokenHash");

-- CreateIndex
CREATE UNIQUE INDEX "Session_tokenHash_key" ON "Session"("tokenHash");

-- CreateIndex
CREATE INDEX "Session_personId_idx" ON "Session"("personId");

-- CreateIndex
CREATE UNIQUE INDEX "Token_tokenHash_key" ON "Token"("tokenHash");

-- CreateIndex
CREATE INDEX "Token_ownerId_idx" ON "Token"("ownerId");

-- CreateIndex
CREATE UNIQUE INDEX "Namespace_nameKey_key" ON "Namespace"("nameKey");

-- CreateIndex
CREATE UNIQUE INDEX "TrustRoot_slug_version_key" ON "TrustRoot"("slug", "version");

-- CreateIndex
CREATE UNIQUE INDEX "ManagedKey_hint_key" ON "ManagedKey"("hint");

-- CreateIndex
CREATE INDEX "PublisherRule_namespaceId_idx" ON "PublisherRule"("namespaceId");

-- CreateIndex
CREATE INDEX "PolicyChange_state_idx" ON "PolicyChange"("state");

-- CreateIndex
CREATE UNIQUE INDEX "Server_name_key" ON "Server"("name");

-- CreateIndex
CREATE UNIQUE INDEX "Server_nameKey_key" ON "Server"("nameKey");

-- CreateIndex
CREATE INDEX "Version_state_receivedAt_idx" ON "Version"("state", "receivedAt");

-- CreateIndex
CREATE INDEX "Version_manifestDigest_idx" ON "Version"("manifestDigest");

-- CreateIndex
CREATE UNIQUE INDEX "Version_serverId_version_key" ON "Version"("serverId", "version");

-- CreateIndex
CREATE INDEX "Bundle_versionId_idx" ON "Bundle"("versionId");

-- CreateIndex
CREATE INDEX "Bundle_sha256_idx" ON "Bundle"("sha256");

-- CreateIndex
CREATE UNIQUE INDEX "Vote_versionId_round_personId_reviewDigest_key" ON "Vote"("versionId", "round", "personId", "reviewDigest");

-- CreateIndex
CREATE UNIQUE INDEX "Approval_sha256_key" ON "Approval"("sha256");

-- CreateIndex
CREATE UNIQUE INDEX "Approval_versionId_round_key" ON "Approval"("versionId", "round");

-- CreateIndex
CREATE UNIQUE INDEX "LedgerEntry_sha256_key" ON "LedgerEntry"("sha256");

-- CreateIndex
CREATE INDEX "LedgerEntry_serverName_idx" ON "LedgerEntry"("serverName");

-- CreateIndex
CREATE INDEX "LedgerEntry_action_idx" ON "LedgerEntry"("action");

-- CreateIndex
CREATE UNIQUE INDEX "RefusalEntry_sha256_key" ON "RefusalEntry"("sha256");

-- AddForeignKey
ALTER TABLE "RoleGrant" ADD CONSTRAINT "RoleGrant_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OneTimeLink" ADD CONSTRAINT "OneTimeLink_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Token" ADD CONSTRAINT "Token_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Token" ADD CONSTRAINT "Token_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NamespaceOwner" ADD CONSTRAINT "NamespaceOwner_namespaceId_fkey" FOREIGN KEY ("namespaceId") REFERENCES "Namespace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NamespaceOwner" ADD CONSTRAINT "NamespaceOwner_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ManagedKey" ADD CONSTRAINT "ManagedKey_namespaceId_fkey" FOREIGN KEY ("namespaceId") REFERENCES "Namespace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PublisherRule" ADD CONSTRAINT "PublisherRule_namespaceId_fkey" FOREIGN KEY ("namespaceId") REFERENCES "Namespace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PublisherRule" ADD CONSTRAINT "PublisherRule_trustRootId_fkey" FOREIGN KEY ("trustRootId") REFERENCES "TrustRoot"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PublisherRule" ADD CONSTRAINT "PublisherRule_managedKeyId_fkey" FOREIGN KEY ("managedKeyId") REFERENCES "ManagedKey"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PolicyChange" ADD CONSTRAINT "PolicyChange_namespaceId_fkey" FOREIGN KEY ("namespaceId") REFERENCES "Namespace"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Server" ADD CONSTRAINT "Server_namespaceId_fkey" FOREIGN KEY ("namespaceId") REFERENCES "Namespace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Version" ADD CONSTRAINT "Version_serverId_fkey" FOREIGN KEY ("serverId") REFERENCES "Server"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Bundle" ADD CONSTRAINT "Bundle_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "Version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Vote" ADD CONSTRAINT "Vote_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "Version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Approval" ADD CONSTRAINT "Approval_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "Version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


