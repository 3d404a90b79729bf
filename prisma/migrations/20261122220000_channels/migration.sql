-- CreateEnum
CREATE TYPE "ChannelAudience" AS ENUM ('anonymous', 'capability', 'token');

-- AlterTable
ALTER TABLE "Token" ADD COLUMN     "channels" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];

-- CreateTable
CREATE TABLE "ServerTag" (
    "serverId" UUID NOT NULL,
    "tag" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ServerTag_pkey" PRIMARY KEY ("serverId","tag")
);

-- CreateTable
CREATE TABLE "Channel" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "audience" "ChannelAudience" NOT NULL,
    "selection" JSONB NOT NULL,
    "serveV0" BOOLEAN NOT NULL DEFAULT false,
    "openToPeople" BOOLEAN NOT NULL DEFAULT true,
    "edition" INTEGER NOT NULL DEFAULT 1,
    "createdById" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "disabledAt" TIMESTAMPTZ(3),

    CONSTRAINT "Channel_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ChannelSecret" (
    "id" UUID NOT NULL,
    "channelId" UUID NOT NULL,
    "prefix" TEXT NOT NULL,
    "secretHash" TEXT NOT NULL,
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ChannelSecret_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ChannelMove" (
    "channelId" UUID NOT NULL,
    "serverId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ChannelMove_pkey" PRIMARY KEY ("channelId","serverId")
);

-- CreateTable
CREATE TABLE "Resolution" (
    "day" DATE NOT NULL,
    "channelId" UUID NOT NULL,
    "reader" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "count" BIGINT NOT NULL,
    "lastAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Resolution_pkey" PRIMARY KEY ("day","channelId","reader","name","version")
);

-- CreateIndex
CREATE INDEX "Bundle_trustRootSha256_idx" ON "Bundle"("trustRootSha256");

-- CreateIndex
CREATE UNIQUE INDEX "Channel_slug_key" ON "Channel"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "ChannelSecret_secretHash_key" ON "ChannelSecret"("secretHash");

-- CreateIndex
CREATE INDEX "ChannelSecret_channelId_idx" ON "ChannelSecret"("channelId");

-- CreateIndex
CREATE INDEX "Resolution_channelId_day_idx" ON "Resolution"("channelId", "day");

-- CreateIndex
CREATE INDEX "Resolution_name_version_idx" ON "Resolution"("name", "version");

-- AddForeignKey
ALTER TABLE "ServerTag" ADD CONSTRAINT "ServerTag_serverId_fkey" FOREIGN KEY ("serverId") REFERENCES "Server"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ChannelSecret" ADD CONSTRAINT "ChannelSecret_channelId_fkey" FOREIGN KEY ("channelId") REFERENCES "Channel"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ChannelMove" ADD CONSTRAINT "ChannelMove_channelId_fkey" FOREIGN KEY ("channelId") REFERENCES "Channel"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ChannelMove" ADD CONSTRAINT "ChannelMove_serverId_fkey" FOREIGN KEY ("serverId") REFERENCES "Server"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the schema file cannot say.
ALTER TABLE "Channel"
  ADD CONSTRAINT "Channel_slug" CHECK (slug ~ '^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$'),
  ADD CONSTRAINT "Channel_edition" CHECK (edition >= 1);
ALTER TABLE "ChannelSecret" ADD CONSTRAINT "ChannelSecret_secretHash" CHECK ("secretHash" ~ '^[0-9a-f]{64}$');
ALTER TABLE "ServerTag" ADD CONSTRAINT "ServerTag_tag" CHECK (tag ~ '^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$');
ALTER TABLE "Resolution" ADD CONSTRAINT "Resolution_count" CHECK (count > 0);

-- The channel at /v0.1 always exists, and shows everything until an administrator says otherwise.
INSERT INTO "Channel" (id, slug, label, audience, selection, "createdAt", "updatedAt")
VALUES (gen_random_uuid(), 'default', 'Default', 'anonymous',
        '{"include": [{"namespace": "*"}], "exclude": []}', now(), now());
CREATE TRIGGER never_removed BEFORE DELETE OR TRUNCATE ON "Channel"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_changed BEFORE UPDATE ON "Channel"
  FOR EACH ROW WHEN ((OLD.id, OLD.slug) IS DISTINCT FROM (NEW.id, NEW.slug)) EXECUTE FUNCTION refuse_change();
