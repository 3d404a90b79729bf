-- What the schema file cannot say. Written by hand; the init migration beside it is generated.

-- Single rows.
ALTER TABLE "Instance" ADD CONSTRAINT "Instance_single" CHECK (id = 1);
ALTER TABLE "LedgerHead" ADD CONSTRAINT "LedgerHead_single" CHECK (id = 1);
ALTER TABLE "RefusalHead" ADD CONSTRAINT "RefusalHead_single" CHECK (id = 1);
INSERT INTO "LedgerHead" (id, seq, at, sha256) VALUES (1, 0, to_timestamp(0), repeat('0', 64));
INSERT INTO "RefusalHead" (id, seq, at, sha256) VALUES (1, 0, to_timestamp(0), repeat('0', 64));

-- Bounds.
ALTER TABLE "Namespace"
  ADD CONSTRAINT "Namespace_requiredApprovals" CHECK ("requiredApprovals" BETWEEN 1 AND 10),
  ADD CONSTRAINT "Namespace_lifetimeDays" CHECK ("lifetimeDays" BETWEEN 1 AND 730),
  ADD CONSTRAINT "Namespace_maxPending" CHECK ("maxPending" BETWEEN 1 AND 1000),
  ADD CONSTRAINT "Namespace_nameKey" CHECK ("nameKey" = lower(name));
ALTER TABLE "Server" ADD CONSTRAINT "Server_nameKey" CHECK ("nameKey" = lower(name));
ALTER TABLE "Version"
  ADD CONSTRAINT "Version_requiredApprovals" CHECK ("requiredApprovals" BETWEEN 1 AND 10),
  ADD CONSTRAINT "Version_round" CHECK (round >= 0),
  ADD CONSTRAINT "Version_manifestDigest" CHECK ("manifestDigest" = 'sha256:' || encode(sha256(manifest), 'hex'));
ALTER TABLE "Vote" ADD CONSTRAINT "Vote_reviewDigest" CHECK ("reviewDigest" ~ '^sha256:[0-9a-f]{64}$');
ALTER TABLE "Approval" ADD CONSTRAINT "Approval_reviewDigest" CHECK ("reviewDigest" ~ '^sha256:[0-9a-f]{64}$');
ALTER TABLE "LedgerEntry"
  ADD CONSTRAINT "LedgerEntry_seq" CHECK (seq > 0),
  ADD CONSTRAINT "LedgerEntry_sha256" CHECK (sha256 = encode(sha256(body), 'hex'));
ALTER TABLE "RefusalEntry"
  ADD CONSTRAINT "RefusalEntry_seq" CHECK (seq > 0),
  ADD CONSTRAINT "RefusalEntry_sha256" CHECK (sha256 = encode(sha256(body), 'hex'));

-- Written once.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% on "%" is not allowed: its rows are written once', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER written_once BEFORE UPDATE OR DELETE OR TRUNCATE ON "LedgerEntry"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER written_once BEFORE UPDATE OR DELETE OR TRUNCATE ON "RefusalEntry"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER written_once BEFORE UPDATE OR DELETE OR TRUNCATE ON "Bundle"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER written_once BEFORE UPDATE OR DELETE OR TRUNCATE ON "Approval"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_removed BEFORE DELETE OR TRUNCATE ON "Version"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_changed BEFORE UPDATE ON "Version"
  FOR EACH ROW
  WHEN (
    (OLD.id, OLD."serverId", OLD.version, OLD.manifest, OLD."manifestDigest")
    IS DISTINCT FROM (NEW.id, NEW."serverId", NEW.version, NEW.manifest, NEW."manifestDigest")
  )
  EXECUTE FUNCTION refuse_change();
CREATE TRIGGER written_once BEFORE UPDATE OR DELETE OR TRUNCATE ON "Instance"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A head only moves forward, and never disappears.
CREATE TRIGGER moves_forward BEFORE UPDATE ON "LedgerHead"
  FOR EACH ROW WHEN (NEW.seq <> OLD.seq + 1 OR NEW.at <= OLD.at) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER moves_forward BEFORE UPDATE ON "RefusalHead"
  FOR EACH ROW WHEN (NEW.seq <> OLD.seq + 1) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_removed BEFORE DELETE OR TRUNCATE ON "LedgerHead"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_removed BEFORE DELETE OR TRUNCATE ON "RefusalHead"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Readers hear of every entry when its transaction commits.
CREATE FUNCTION announce_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('countersign_ledger', NEW.seq::text);
  RETURN NULL;
END $$;
CREATE TRIGGER announced AFTER INSERT ON "LedgerEntry" FOR EACH ROW EXECUTE FUNCTION announce_entry();
