"""The log of rights becomes a chain; what stands in it already is chained in its order."""

from typing import Any, ClassVar

from django.db import migrations, models

from cartagena.engine.canonical import canonical_json
from cartagena.engine.hash_chain import FIRST_HASH, chain_hash, write_moment

SWITCH = "ALTER TABLE accounts_accountevent {} TRIGGER accounts_accountevent_immutable;"
KINDS = [
    ("received", "Received"),
    ("authenticated", "Authenticated"),
    ("applied", "Put in force"),
    ("ended", "Ended"),
    ("role_ended", "Role ended"),
    ("invited", "Invited"),
    ("limited", "Types of record set"),
    ("closed", "Right to act ended"),
    ("deleted", "Account deleted"),
    ("created", "Account made by a command"),
    ("second_factor_reset", "Second factor removed"),
]


def chain_rows(apps: Any, _editor: Any) -> None:
    """Give every row its place, its statement and its hash."""
    before = FIRST_HASH
    rows = apps.get_model("accounts", "AccountEvent").objects.order_by("pk")
    for position, row in enumerate(rows.iterator(), 1):
        row.position, row.previous_hash = position, before
        row.statement = canonical_json(
            {
                "position": position,
                "at": write_moment(row.at),
                "kind": row.kind,
                "designation": row.designation_id,
                "account": row.account_number,
                "actor": row.actor_number,
                "note": row.note,
            }
        )
        row.hash = before = chain_hash(before, row.statement)
        row.save()


class Migration(migrations.Migration):
    """Add the columns, fill them, and make the place of a row its own."""

    dependencies: ClassVar = [("accounts", "0004_second_factor_reset")]

    operations: ClassVar = [
        migrations.AlterField(
            "accountevent", "kind", models.CharField(choices=KINDS, max_length=30)
        ),
        migrations.AddField("accountevent", "position", models.BigIntegerField(null=True)),
        migrations.AddField(
            "accountevent", "statement", models.TextField(default=""), preserve_default=False
        ),
        migrations.AddField(
            "accountevent",
            "previous_hash",
            models.CharField(max_length=64, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            "accountevent",
            "hash",
            models.CharField(max_length=64, default=""),
            preserve_default=False,
        ),
        migrations.RunSQL(SWITCH.format("DISABLE"), SWITCH.format("ENABLE")),
        migrations.RunPython(chain_rows, migrations.RunPython.noop),
        migrations.RunSQL(SWITCH.format("ENABLE"), SWITCH.format("DISABLE")),
        migrations.AlterField("accountevent", "position", models.BigIntegerField(unique=True)),
        migrations.AlterModelOptions("accountevent", {"ordering": ("position",)}),
    ]
