"""What a published month and a signed list need to be proved."""

import django.contrib.postgres.fields
from django.db import models
from django.db.models.deletion import PROTECT

from pamong.config import migrations
from pamong.config.grants import append_only, grant

TABLES = ("pay_sliptree", "pay_recapitulation")
# A proof reads a few kilobytes out of megabytes: uncompressed, so that the rest stays on the disk.
STORAGE = """
ALTER TABLE pay_sliptree ALTER COLUMN tiles SET STORAGE EXTERNAL;
ALTER TABLE pay_sliptree ALTER COLUMN keys SET STORAGE EXTERNAL;
"""


def _told_by():
    return ("entry", models.OneToOneField(on_delete=PROTECT, related_name="+", to="ledger.intake"))


def _ids(name):
    return (
        name,
        django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None),
    )


class Migration(migrations.Migration):
    dependencies = [("pay", "0007_difference_search"), ("ledger", "0005_person_keys")]

    operations = [
        migrations.CreateModel(
            name="SlipTree",
            fields=[
                (
                    "run",
                    models.OneToOneField(
                        on_delete=PROTECT,
                        primary_key=True,
                        related_name="tree",
                        serialize=False,
                        to="pay.run",
                    ),
                ),
                ("size", models.IntegerField()),
                ("template", models.TextField()),
                ("tiles", models.BinaryField()),
                _ids("keys"),
                _told_by(),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("keys__len", models.F("size")), ("size__gte", 0)),
                        name="slip_tree_keys",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Recapitulation",
            fields=[
                (
                    "step",
                    models.OneToOneField(
                        on_delete=PROTECT,
                        primary_key=True,
                        related_name="recapitulation",
                        serialize=False,
                        to="pay.liststep",
                    ),
                ),
                ("template", models.TextField()),
                _ids("items"),
                _told_by(),
            ],
        ),
        migrations.RunSQL(STORAGE, migrations.RunSQL.noop),
        *(append_only(table) for table in TABLES),
        *(grant(table, app="SELECT, INSERT", auditor="SELECT") for table in TABLES),
    ]
