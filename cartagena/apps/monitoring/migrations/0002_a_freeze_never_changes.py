"""Triggers: a freeze is never changed, and gets no items once its list is complete."""

from typing import ClassVar

from django.db import migrations

FORWARD = """
CREATE TRIGGER monitoring_freeze_immutable
  BEFORE UPDATE OR DELETE OR TRUNCATE ON monitoring_freeze
  FOR EACH STATEMENT EXECUTE FUNCTION registry_refuse_change();
CREATE TRIGGER monitoring_freezeitem_immutable
  BEFORE UPDATE OR DELETE OR TRUNCATE ON monitoring_freezeitem
  FOR EACH STATEMENT EXECUTE FUNCTION registry_refuse_change();

CREATE FUNCTION monitoring_check_item_count() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM monitoring_freeze f JOIN monitoring_freezeitem i ON i.freeze_id = f.id
     WHERE f.id IN (SELECT freeze_id FROM added)
     GROUP BY f.id, f.item_count HAVING count(*) > f.item_count
  ) THEN
    RAISE EXCEPTION 'A freeze never changes: nothing is added to it later.'
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER monitoring_freezeitem_count AFTER INSERT ON monitoring_freezeitem
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT
  EXECUTE FUNCTION monitoring_check_item_count();
"""

BACKWARD = """
DROP TRIGGER monitoring_freeze_immutable ON monitoring_freeze;
DROP TRIGGER monitoring_freezeitem_immutable ON monitoring_freezeitem;
DROP FUNCTION monitoring_check_item_count() CASCADE;
"""


class Migration(migrations.Migration):
    """Install the triggers."""

    dependencies: ClassVar = [
        ("monitoring", "0001_initial"),
        ("registry", "0002_what_is_published_never_changes"),
    ]

    operations: ClassVar = [migrations.RunSQL(FORWARD, BACKWARD)]
