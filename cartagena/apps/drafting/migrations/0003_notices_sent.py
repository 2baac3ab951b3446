"""Who was told of what."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the table of notices."""

    dependencies: ClassVar = [
        ("drafting", "0002_saves_and_log_never_change"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="NoticeSent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("comments", "Comments"), ("confirmation", "Confirmation")],
                        max_length=15,
                    ),
                ),
                ("subject", models.CharField(max_length=128)),
                ("mark", models.CharField(max_length=40)),
                ("sent_at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("account", "kind", "subject", "mark"), name="drafting_notice_once"
                    )
                ],
            },
        ),
    ]
