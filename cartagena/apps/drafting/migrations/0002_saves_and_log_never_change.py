"""Triggers: a save, once written, and the log of drafts are never changed.

As in the registry's migration 0002, tests that empty their own database may do so on a connection
opened with `-c cartagena.emptying_allowed=on`.
"""

from typing import ClassVar

from django.db import migrations

FUNCTION = """
CREATE FUNCTION drafting_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'TRUNCATE' AND current_setting('cartagena.emptying_allowed', true) = 'on' THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION 'Saves and the log of drafts never change: % of % is refused. '
    'Save the draft again.', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""

TRIGGERS = "".join(
    f"""
CREATE TRIGGER {table}_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
  FOR EACH STATEMENT EXECUTE FUNCTION drafting_refuse_change();"""
    for table in ("drafting_draftsave", "drafting_draftevent")
)


class Migration(migrations.Migration):
    """Install the triggers."""

    dependencies: ClassVar = [("drafting", "0001_drafts")]

    operations: ClassVar = [
        migrations.RunSQL(FUNCTION + TRIGGERS, "DROP FUNCTION drafting_refuse_change() CASCADE;")
    ]
