-- What the schema file cannot say: limits, so that nothing that is written once, and nothing that is counted or compared,
-- can be given a value after which the registry cannot go on. The rules hold for what is written from now on. What is
-- there already is looked at by the next migration, without holding up anybody.

-- Waiting for whoever reads for long, such as a backup, would hold up everybody who comes after.
SET LOCAL lock_timeout = '10s';

-- Times that every process can read and write: those with a year of four digits.
ALTER TABLE "Instance" ADD CONSTRAINT "Instance_times" CHECK (
  "createdAt" >= '0001-01-01T00:00:00Z' AND "createdAt" < '10000-01-01T00:00:00Z') NOT VALID;
ALTER TABLE "Person" ADD CONSTRAINT "Person_times" CHECK (
  least("passwordChangedAt", "totpEnabledAt", "createdAt") >= '0001-01-01T00:00:00Z' AND
  greatest("passwordChangedAt", "totpEnabledAt", "createdAt") < '10000-01-01T00:00:00Z') NOT VALID;
ALTER TABLE "RoleGrant" ADD CONSTRAINT "RoleGrant_times" CHECK (
  "createdAt" >= '0001-01-01T00:00:00Z' AND "createdAt" < '10000-01-01T00:00:00Z') NOT VALID;
ALTER TABLE "OneTimeLink" ADD CONSTRAINT "OneTimeLink_times" CHECK (
  least("createdAt", "expiresAt", "consumedAt", "revokedAt") >= '0001-01-01T00:00:00Z' AND
  greatest("createdAt", "expiresAt", "consumedAt", "revokedAt") < '10000-01-01T00:00:00Z') NOT VALID;
ALTER TABLE "Session" ADD CONSTRAINT "Session_times" CHECK (
  least("createdAt", "authenticatedAt", "lastSeenAt", "expiresAt", "endedAt") >= '0001-01-01T00:00:00Z' AND
  greatest("createdAt", "authenticatedAt", "lastSeenAt", "expiresAt", "endedAt") < '10000-01-01T00:00:00Z') NOT VALID;
ALTER TABLE "Token" ADD CONSTRAINT "Token_times" CHECK (
  least("createdAt", "expiresAt", "lastUsedAt", "revokedAt") >= '0001-01-01T00:00:00Z' AND
  greatest("createdAt", "expiresAt", "lastUsedAt", "revokedAt") < '10000-01-01T00:00:00Z') NOT VALID;
ALTER TABLE "Throttle" ADD CONSTRAINT "Throttle_times" CHECK (
  "windowStart" >= '0001-01-01T00:00:00Z' AND "windowStart" < '10000-01-01T00:00:00Z') NOT VALID;
ALTER TABLE "Namespace" ADD CONSTRAINT "Namespace_times" CHECK (
  "createdAt" >= '0001-01-01T00:00:00Z' AND "createdAt" < '10000-01-01T00:00:00Z') NOT VALID;
ALTER TABLE "NamespaceOwner" ADD CONSTRAINT "NamespaceOwner_times" CHECK (
  "createdAt" >= '0001-01-01T00:00:00Z' AND "createdAt" < '10000-01-01T00:00:00Z') NOT VALID;
ALTER TABLE "TrustRoot" ADD CONSTRAINT "TrustRoot_times" CHECK (
  least("createdAt", "retiredAt") >= '0001-01-01T00:00:00Z' AND
  greatest("createdAt", "retiredAt") < '10000-01-01T00:00:00Z') NOT VALID;
ALTER TABLE "ManagedKey" ADD CONSTRAINT "ManagedKey_times" CHECK (
  least("notBefore", "notAfter", "revokedAt", "createdAt") >= '0001-01-01T00:00:00Z' AND
  greatest("notBefore", "notAfter", "revokedAt", "createdAt") < '10000-01-01T00:00:00Z') NOT VALID;
ALTER TABLE "PublisherRule" ADD CONSTRAINT "PublisherRule_times" CHECK (
  least("createdAt", "activatedAt", "retiredAt") >= '0001-01-01T00:00:00Z' AND
  greatest("createdAt", "activatedAt", "retiredAt") < '10000-01-01T00:00:00Z') NOT VALID;
ALTER TABLE "PolicyChange" ADD CONSTRAINT "PolicyChange_times" CHECK (
  least("proposedAt", "effectiveAt", "decidedAt") >= '0001-01-01T00:00:00Z' AND
  greatest("proposedAt", "effectiveAt", "decidedAt") < '10000-01-01T00:00:00Z') NOT VALID;
ALTER TABLE "Server" ADD CONSTRAINT "Server_times" CHECK (
  "createdAt" >= '0001-01-01T00:00:00Z' AND "createdAt" < '10000-01-01T00:00:00Z') NOT VALID;
ALTER TABLE "ServerTag" ADD CONSTRAINT "ServerTag_times" CHECK (
  "createdAt" >= '0001-01-01T00:00:00Z' AND "createdAt" < '10000-01-01T00:00:00Z') NOT VALID;
ALTER TABLE "Version" ADD CONSTRAINT "Version_times" CHECK (
  least("receivedAt", "publishedAt", "statusChangedAt", "updatedAt", "expiresAt") >= '0001-01-01T00:00:00Z' AND
  greatest("receivedAt", "publishedAt", "statusChangedAt", "updatedAt", "expiresAt") < '10000-01-01T00:00:00Z') NOT VALID;
ALTER TABLE "Bundle" ADD CONSTRAINT "Bundle_times" CHECK (
  least("signedAt", "receivedAt") >= '0001-01-01T00:00:00Z' AND
  greatest("signedAt", "receivedAt") < '10000-01-01T00:00:00Z') NOT VALID;
ALTER TABLE "Vote" ADD CONSTRAINT "Vote_times" CHECK (
  least("expiresAt", "createdAt") >= '0001-01-01T00:00:00Z' AND
  greatest("expiresAt", "createdAt") < '10000-01-01T00:00:00Z') NOT VALID;
ALTER TABLE "Approval" ADD CONSTRAINT "Approval_times" CHECK (
  least("approvedAt", "expiresAt") >= '0001-01-01T00:00:00Z' AND
  greatest("approvedAt", "expiresAt") < '10000-01-01T00:00:00Z') NOT VALID;
ALTER TABLE "RegistryKey" ADD CONSTRAINT "RegistryKey_times" CHECK (
  least("notBefore", "notAfter", "revokedAt", "createdAt") >= '0001-01-01T00:00:00Z' AND
  greatest("notBefore", "notAfter", "revokedAt", "createdAt") < '10000-01-01T00:00:00Z') NOT VALID;
ALTER TABLE "Channel" ADD CONSTRAINT "Channel_times" CHECK (
  least("createdAt", "updatedAt", "disabledAt") >= '0001-01-01T00:00:00Z' AND
  greatest("createdAt", "updatedAt", "disabledAt") < '10000-01-01T00:00:00Z') NOT VALID;
ALTER TABLE "ChannelSecret" ADD CONSTRAINT "ChannelSecret_times" CHECK (
  least("createdAt", "expiresAt", "revokedAt") >= '0001-01-01T00:00:00Z' AND
  greatest("createdAt", "expiresAt", "revokedAt") < '10000-01-01T00:00:00Z') NOT VALID;
ALTER TABLE "ChannelMove" ADD CONSTRAINT "ChannelMove_times" CHECK (
  at >= '0001-01-01T00:00:00Z' AND at < '10000-01-01T00:00:00Z') NOT VALID;
ALTER TABLE "Resolution" ADD CONSTRAINT "Resolution_times" CHECK (
  "lastAt" >= '0001-01-01T00:00:00Z' AND "lastAt" < '10000-01-01T00:00:00Z' AND
  day >= '0001-01-01' AND day < '10000-01-01') NOT VALID;
ALTER TABLE "LedgerEntry" ADD CONSTRAINT "LedgerEntry_times" CHECK (
  at >= '0001-01-01T00:00:00Z' AND at < '10000-01-01T00:00:00Z') NOT VALID;
ALTER TABLE "LedgerHead" ADD CONSTRAINT "LedgerHead_times" CHECK (
  at >= '0001-01-01T00:00:00Z' AND at < '10000-01-01T00:00:00Z') NOT VALID;
ALTER TABLE "RefusalEntry" ADD CONSTRAINT "RefusalEntry_times" CHECK (
  at >= '0001-01-01T00:00:00Z' AND at < '10000-01-01T00:00:00Z') NOT VALID;
ALTER TABLE "RefusalHead" ADD CONSTRAINT "RefusalHead_times" CHECK (
  at >= '0001-01-01T00:00:00Z' AND at < '10000-01-01T00:00:00Z') NOT VALID;

-- Rows that nobody can take away again are never so large that whoever reads all of them cannot hold a few at a time. All
-- of a row, bytes as hex, is far below what a backup holds of one (lib/backup/lines.ts).
ALTER TABLE "LedgerEntry" ADD CONSTRAINT "LedgerEntry_size" CHECK (
  octet_length(body) <= 1048576 AND
  octet_length(concat(action, "actorLabel", "serverName", namespace, subject, "prevSha256")) <= 65536) NOT VALID;
ALTER TABLE "RefusalEntry" ADD CONSTRAINT "RefusalEntry_size" CHECK (
  octet_length(body) <= 1048576 AND
  octet_length(concat(kind, namespace, subject, "prevSha256")) <= 65536) NOT VALID;
ALTER TABLE "Approval" ADD CONSTRAINT "Approval_size" CHECK (
  octet_length(bundle) <= 1048576 AND octet_length("reviewRecord") <= 4194304 AND
  octet_length(concat(sha256, "keyId")) <= 65536) NOT VALID;
ALTER TABLE "Bundle" ADD CONSTRAINT "Bundle_size" CHECK (
  octet_length(bytes) <= 1048576 AND octet_length("trustRootBytes") <= 4194304 AND
  octet_length(concat(sha256, "trustRootSlug", "trustRootSha256", "ruleSummary", identity, "logEntry", checks)) <= 524288)
  NOT VALID;
ALTER TABLE "Version" ADD CONSTRAINT "Version_manifestSize" CHECK (octet_length(manifest) <= 1048576) NOT VALID;

-- Both chains: a head stands at an entry of its chain, and no entry lies beyond it, so that the next one always has its
-- place. Both is so when a transaction ends, whatever it wrote first. Times go forward, and never to more than a day
-- beyond the database's own clock, or all that comes later would have to be dated after that. A chain that is there
-- already goes on by the least step, which is a millisecond. The instances of tests, and databases that hold no registry
-- yet, have clocks of their own.
CREATE FUNCTION is_too_far_ahead(moment timestamptz) RETURNS boolean LANGUAGE sql
  SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT moment > clock_timestamp() + interval '1 day' AND EXISTS (SELECT 1 FROM public."Instance" WHERE kind <> 'test')
$$;

CREATE FUNCTION refuse_write(reason text, "table" text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% (in "%")', reason, "table" USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION assert_chain_head() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  stands boolean;
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.at > OLD.at + interval '1 ms' AND public.is_too_far_ahead(NEW.at) THEN
    PERFORM public.refuse_write('The time is more than a day ahead of the database''s clock', TG_TABLE_NAME);
  END IF;
  IF TG_OP = 'UPDATE' AND NEW.at <= OLD.at THEN
    PERFORM public.refuse_write('The time does not go forward', TG_TABLE_NAME);
  END IF;
  IF TG_TABLE_NAME = 'LedgerHead' THEN
    stands := EXISTS (SELECT 1 FROM public."LedgerEntry" e WHERE (e.seq, e.at, e.sha256) = (NEW.seq, NEW.at, NEW.sha256));
  ELSE
    stands := EXISTS (SELECT 1 FROM public."RefusalEntry" e WHERE (e.seq, e.at, e.sha256) = (NEW.seq, NEW.at, NEW.sha256));
  END IF;
  IF NOT stands AND NEW.seq <> 0 THEN
    PERFORM public.refuse_write('The head does not stand at an entry', TG_TABLE_NAME);
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION assert_chain_entry() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  beyond boolean;
BEGIN
  IF TG_TABLE_NAME = 'LedgerEntry' THEN
    beyond := NOT EXISTS (SELECT 1 FROM public."LedgerHead" h WHERE h.seq >= NEW.seq);
  ELSE
    beyond := NOT EXISTS (SELECT 1 FROM public."RefusalHead" h WHERE h.seq >= NEW.seq);
  END IF;
  IF beyond THEN
    PERFORM public.refuse_write('The entry lies beyond the head', TG_TABLE_NAME);
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER at_an_entry AFTER INSERT OR UPDATE ON "LedgerHead"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION assert_chain_head();
CREATE CONSTRAINT TRIGGER at_an_entry AFTER INSERT OR UPDATE ON "RefusalHead"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION assert_chain_head();
CREATE CONSTRAINT TRIGGER under_the_head AFTER INSERT ON "LedgerEntry"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION assert_chain_entry();
CREATE CONSTRAINT TRIGGER under_the_head AFTER INSERT ON "RefusalEntry"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION assert_chain_entry();

-- Countersignatures have the rounds 1 to that of their version, and a version's round counts them, so that the place of
-- the next one, which may be a revocation, is always free.
ALTER TABLE "Approval" ADD CONSTRAINT "Approval_round" CHECK (round >= 1) NOT VALID;

CREATE FUNCTION assert_round() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  counted boolean;
BEGIN
  IF TG_TABLE_NAME = 'Approval' THEN
    counted := EXISTS (SELECT 1 FROM public."Version" v WHERE v.id = NEW."versionId" AND v.round >= NEW.round);
  ELSE
    counted := NEW.round = OLD.round + 1 AND
      EXISTS (SELECT 1 FROM public."Approval" a WHERE (a."versionId", a.round) = (NEW.id, NEW.round));
  END IF;
  IF NOT counted THEN
    PERFORM public.refuse_write('The round does not count countersignatures', TG_TABLE_NAME);
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER of_a_round AFTER INSERT ON "Approval"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION assert_round();
CREATE CONSTRAINT TRIGGER counts_rounds AFTER UPDATE ON "Version"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.round <> OLD.round) EXECUTE FUNCTION assert_round();

-- Counters have room for what is still to be counted.
CREATE FUNCTION refuse_leap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% on "%" is not allowed: the number goes up by one', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER starts_low BEFORE INSERT ON "Channel"
  FOR EACH ROW WHEN (NEW.edition > 1000000000) EXECUTE FUNCTION refuse_leap();
CREATE TRIGGER goes_up BEFORE UPDATE ON "Channel"
  FOR EACH ROW WHEN (NEW.edition <> OLD.edition AND NEW.edition - 1 <> OLD.edition) EXECUTE FUNCTION refuse_leap();

CREATE FUNCTION assert_version_follows() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.version <> 1 AND NOT EXISTS (
    SELECT 1 FROM public."TrustRoot" t WHERE t.slug = NEW.slug AND t.version = NEW.version - 1
  ) THEN
    PERFORM public.refuse_write('The version does not follow another', TG_TABLE_NAME);
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER follows AFTER INSERT OR UPDATE OF slug, version ON "TrustRoot"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION assert_version_follows();

ALTER TABLE "Throttle" ADD CONSTRAINT "Throttle_count" CHECK (count BETWEEN 0 AND 1000000000) NOT VALID;

-- A window that begins in the future would not end before.
CREATE FUNCTION refuse_future() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% on "%" is not allowed: it would begin in the future', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER begins_now BEFORE INSERT ON "Throttle"
  FOR EACH ROW WHEN (public.is_too_far_ahead(NEW."windowStart")) EXECUTE FUNCTION refuse_future();
CREATE TRIGGER begins_again_now BEFORE UPDATE ON "Throttle"
  FOR EACH ROW WHEN (NEW."windowStart" <> OLD."windowStart" AND public.is_too_far_ahead(NEW."windowStart"))
  EXECUTE FUNCTION refuse_future();

-- One count that is full does not keep the others of its batch from being written.
CREATE FUNCTION cap_count() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.count := 1000000000000000;
  RETURN NEW;
END $$;
CREATE TRIGGER capped BEFORE INSERT OR UPDATE ON "Resolution"
  FOR EACH ROW WHEN (NEW.count > 1000000000000000) EXECUTE FUNCTION cap_count();
