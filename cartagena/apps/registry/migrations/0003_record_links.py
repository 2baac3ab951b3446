"""The references of published versions, so that a record knows what points to it."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Filled at the next start, with the renewal of the flattened rows."""

    dependencies: ClassVar = [("registry", "0002_what_is_published_never_changes")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="RecordLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("field", models.CharField(max_length=100)),
                ("target", models.CharField(max_length=128)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links",
                        to="registry.recordversion",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["target", "field"], name="registry_link_target"),
                ],
            },
        ),
    ]
