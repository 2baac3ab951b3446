"""Tables of records that somebody sent."""

import uuid
from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Add sent tables and their rows."""

    dependencies: ClassVar = [
        ("drafting", "0005_files_stand_in_the_log"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="SentTable",
            fields=[
                (
                    "key",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("type", models.CharField(max_length=60)),
                ("filename", models.CharField(max_length=120)),
                ("sha256", models.CharField(max_length=64)),
                ("language", models.CharField(max_length=10)),
                ("heads", models.JSONField()),
                ("columns", models.JSONField()),
                ("warnings", models.JSONField(default=list)),
                (
                    "wish",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("draft", "Draft"),
                            ("request", "Request"),
                            ("publish", "Publish"),
                        ],
                        max_length=10,
                    ),
                ),
                ("sent_at", models.DateTimeField()),
                ("moved_at", models.DateTimeField()),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SentRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("place", models.CharField(max_length=40)),
                ("cells", models.JSONField()),
                (
                    "action",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("new", "New"),
                            ("amend", "Amend"),
                            ("unchanged", "Unchanged"),
                            ("refused", "Refused"),
                        ],
                        max_length=10,
                    ),
                ),
                ("has_errors", models.BooleanField(default=False)),
                ("title", models.TextField(blank=True)),
                ("identifier", models.CharField(blank=True, max_length=128)),
                ("number", models.CharField(blank=True, max_length=60)),
                ("changes", models.JSONField(default=dict)),
                ("problems", models.JSONField(default=list)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("left", "Left"),
                            ("drafted", "Drafted"),
                            ("requested", "Requested"),
                            ("published", "Published"),
                            ("refused", "Refused"),
                        ],
                        max_length=10,
                    ),
                ),
                ("told", models.TextField(blank=True)),
                (
                    "draft",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="drafting.draft",
                    ),
                ),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="drafting.senttable",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.AddIndex(
            model_name="senttable",
            index=models.Index(fields=["author", "sha256"], name="drafting_table_author"),
        ),
        migrations.AddConstraint(
            model_name="sentrow",
            constraint=models.UniqueConstraint(
                fields=("table", "position"), name="drafting_row_once"
            ),
        ),
    ]
