"""Imports are refused or discarded; each row tells whether it changed what stood, and whose seats.

What was stored before rows told it: a file with a row that changed, or that somebody decided to be about a known
person, counts as one that two officers take back.
"""

import django.contrib.postgres.fields
from django.db import models

from pamong.config import migrations

STATES = [
    ("reading", "Sedang diperiksa"),
    ("checked", "Sudah dicoba"),
    ("waiting", "Menunggu petugas kedua"),
    ("applying", "Sedang disimpan"),
    ("applied", "Tersimpan"),
    ("recalling", "Pembatalan menunggu petugas kedua"),
    ("undoing", "Sedang dibatalkan"),
    ("undone", "Dibatalkan"),
    ("refused", "Tidak disetujui"),
    ("discarded", "Tidak dipakai"),
    ("failed", "Tidak dapat diperiksa"),
]
ROWS = """
UPDATE people_batchrow r SET alters = true FROM people_batch b
WHERE b.id = r.batch_id AND b.basis_id IS NOT NULL AND (r.outcome = 'changed' OR r.decision = 'same')
"""
BATCHES = """
UPDATE people_batch b SET counts = b.counts || '{"altered": true}'
WHERE b.basis_id IS NOT NULL
  AND EXISTS (SELECT FROM people_batchrow r WHERE r.batch_id = b.id AND r.alters)
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0005_recalls_of_imports")]

    operations = [
        migrations.AddField("batch", "before", models.TextField(blank=True, default="")),
        migrations.AddField("batch", "closed_by", models.TextField(blank=True, default="")),
        migrations.AddField("batchrow", "alters", models.BooleanField(default=False)),
        migrations.AddField(
            "batchrow",
            "holders",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), default=list, size=None
            ),
        ),
        migrations.AlterField("batch", "state", models.TextField(choices=STATES, default="checked")),
        migrations.RemoveConstraint("batch", "batch_state"),
        migrations.AddConstraint(
            "batch",
            models.CheckConstraint(
                condition=models.Q(("state__in", [state for state, _ in STATES])), name="batch_state"
            ),
        ),
        migrations.RunSQL([ROWS, BATCHES], migrations.RunSQL.noop),
    ]
