"""Triggers: published versions and the log are never changed, numbers have no gap, hashes match.

The one way around, for tests that empty their own database between cases, is to open the
connection with `-c cartagena.emptying_allowed=on`; it lets TRUNCATE through and nothing else.
"""

from typing import ClassVar

from django.db import migrations

IMMUTABLE = ("registry_record", "registry_recordversion", "registry_logentry")

FUNCTIONS = """
CREATE FUNCTION registry_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'TRUNCATE' AND current_setting('cartagena.emptying_allowed', true) = 'on' THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION 'What is published never changes: % of % is refused. '
    'Publish a new version or withdraw the record.', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$;

-- A row of knowledge may be closed once; nothing else of it changes.
CREATE FUNCTION registry_check_period_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.known_until IS NOT NULL OR NEW.known_until IS NULL
     OR to_jsonb(OLD) - 'known_until' <> to_jsonb(NEW) - 'known_until' THEN
    RAISE EXCEPTION 'When a version was public never changes: only known_until is set, once. '
      'Write a new row for what is known now.' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION registry_check_numbers() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  wrong bigint;
BEGIN
  SELECT v.record_id INTO wrong FROM registry_recordversion v
    WHERE v.record_id IN (SELECT record_id FROM added)
    GROUP BY v.record_id HAVING max(v.number) <> count(*) LIMIT 1;
  IF wrong IS NOT NULL THEN
    RAISE EXCEPTION 'The versions of record % have a gap: number them 1, 2, 3, ...', wrong
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;

-- In what is known now: a replaced version ends when the next begins, and only the last one, or
-- one after which the record was withdrawn, has no successor at its end.
CREATE FUNCTION registry_check_adjacency() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM (
      SELECT p.ends_at, p.ending,
             lead(p.starts_at) OVER (ORDER BY v.number) AS next_starts_at
        FROM registry_publicperiod p JOIN registry_recordversion v ON v.id = p.version_id
       WHERE p.record_id = NEW.record_id AND p.known_until IS NULL
    ) AS known
    WHERE (ending = 'replaced' AND next_starts_at IS DISTINCT FROM ends_at)
       OR (ending IS NULL AND next_starts_at IS NOT NULL)
       OR (ending = 'withdrawn' AND next_starts_at < ends_at)
  ) THEN
    RAISE EXCEPTION 'The versions of record % leave a gap in time: a version ends when the next '
      'begins, unless the record was withdrawn.', NEW.record_id
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION registry_check_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  wrong bigint;
BEGIN
  SELECT min(a.position) INTO wrong
    FROM added a LEFT JOIN registry_logentry b ON b.position = a.position - 1
   WHERE a.position < 1
      OR a.previous_hash IS DISTINCT FROM
         CASE WHEN a.position = 1 THEN repeat('0', 64) ELSE b.hash END
      OR a.hash <> encode(
           sha256(convert_to(a.previous_hash || E'\\n' || a.statement, 'UTF8')), 'hex');
  IF wrong IS NOT NULL THEN
    RAISE EXCEPTION 'Entry % of the log does not follow from the one before it.', wrong
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
"""

TRIGGERS = (
    "".join(
        f"""
CREATE TRIGGER {table}_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
  FOR EACH STATEMENT EXECUTE FUNCTION registry_refuse_change();"""
        for table in IMMUTABLE
    )
    + """
CREATE TRIGGER registry_publicperiod_immutable BEFORE DELETE OR TRUNCATE ON registry_publicperiod
  FOR EACH STATEMENT EXECUTE FUNCTION registry_refuse_change();
CREATE TRIGGER registry_publicperiod_update BEFORE UPDATE ON registry_publicperiod
  FOR EACH ROW EXECUTE FUNCTION registry_check_period_update();
CREATE CONSTRAINT TRIGGER registry_publicperiod_adjacency
  AFTER INSERT OR UPDATE ON registry_publicperiod DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION registry_check_adjacency();
CREATE TRIGGER registry_recordversion_numbers AFTER INSERT ON registry_recordversion
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION registry_check_numbers();
CREATE TRIGGER registry_logentry_chain AFTER INSERT ON registry_logentry
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION registry_check_chain();
"""
)

DROP = "".join(
    f"DROP FUNCTION {name}() CASCADE;"
    for name in (
        "registry_refuse_change",
        "registry_check_period_update",
        "registry_check_numbers",
        "registry_check_adjacency",
        "registry_check_chain",
    )
)


class Migration(migrations.Migration):
    """Install the triggers."""

    dependencies: ClassVar = [("registry", "0001_initial")]

    operations: ClassVar = [migrations.RunSQL(FUNCTIONS + TRIGGERS, DROP)]
