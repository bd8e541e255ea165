"""Entries are found by what they name: a page asks for the entry of its thing, a reader for that of a file."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex, GinIndex
from django.db import models

from pamong.config import migrations

# What was recorded before: the ids in its bytes. New entries say themselves what they are found by.
OLD = r"""
ALTER TABLE ledger_intake DISABLE TRIGGER ledger_intake_unchanging;
UPDATE ledger_intake SET refs = ARRAY(
    SELECT DISTINCT m[1]::uuid FROM regexp_matches(
        body, '"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"', 'g'
    ) AS m
);
ALTER TABLE ledger_intake ENABLE ALWAYS TRIGGER ledger_intake_unchanging;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0007_audit")]

    operations = [
        migrations.AddField("intake", "refs", ArrayField(models.UUIDField(), null=True)),
        migrations.RunSQL(OLD, migrations.RunSQL.noop),
        migrations.RunSQL(
            "GRANT INSERT (refs) ON ledger_intake TO pamong_app",
            "REVOKE INSERT (refs) ON ledger_intake FROM pamong_app",
        ),
        migrations.AddIndex(
            "intake", GinIndex(fields=["refs"], name="intake_refs", gin_pending_list_limit=1024)
        ),
        migrations.AddIndex("intake", BrinIndex(fields=["at"], name="intake_at")),
    ]
