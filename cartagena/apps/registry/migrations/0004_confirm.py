from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0003_record_links")]

    operations = [
        migrations.AlterField(
            model_name="logentry",
            name="action",
            field=models.CharField(
                choices=[
                    ("publish", "Publish"),
                    ("amend", "Amend"),
                    ("withdraw", "Withdraw"),
                    ("confirm", "Confirm"),
                    ("annul", "Annul"),
                ],
                max_length=10,
            ),
        ),
    ]
