-- Looks at what was there before the limits. Readers and writers go on meanwhile. A row that is beyond a limit does not
-- hold up the upgrade, or whoever wrote it could; it stays as it is, and cannot be written again until it keeps to it.
DO $$
DECLARE
  limits record;
BEGIN
  FOR limits IN
    SELECT conrelid::regclass AS "table", quote_ident(conname) AS name FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace AND contype = 'c' AND NOT convalidated
    ORDER BY conrelid, conname
  LOOP
    BEGIN
      EXECUTE format('ALTER TABLE %s VALIDATE CONSTRAINT %s', limits."table", limits.name);
    EXCEPTION WHEN check_violation THEN
      RAISE WARNING 'Rows of % are beyond the limit %', limits."table", limits.name;
    END;
  END LOOP;
END $$;
