"""The log itself: places of entries, checkpoints, witnesses, and the rows that it vouches for."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex, GinIndex
from django.db import models
from django.db.models.deletion import PROTECT

import pamong.ledger.models
from pamong.config import migrations
from pamong.config.grants import append_only, grant, grant_sequence

UNCHANGING = ("leaf", "checkpoint", "cosignature", "rowgroup")

# What was recorded before the log had a name belongs to the decisions.
NAME = """
ALTER TABLE ledger_intake DISABLE TRIGGER ledger_intake_unchanging;
UPDATE ledger_intake SET log = 'decisions' WHERE log = 'main';
ALTER TABLE ledger_intake ENABLE ALWAYS TRIGGER ledger_intake_unchanging;
"""


def _id():
    return ("id", models.BigAutoField(primary_key=True, serialize=False))


def _at():
    return ("at", models.DateTimeField(db_default=pamong.ledger.models.ClockTimestamp()))


def _log(name):
    return ("log", models.ForeignKey(db_index=False, on_delete=PROTECT, related_name=name, to="ledger.log"))


def _key(*fields):
    key = models.CompositePrimaryKey(*fields, blank=True, editable=False, primary_key=True, serialize=False)
    return ("pk", key)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_papers")]

    operations = [
        migrations.AddField("intake", "mark", models.BinaryField(null=True)),
        migrations.AddField(
            "intake", "xid", models.BigIntegerField(db_default=pamong.ledger.models.TransactionId())
        ),
        migrations.AddIndex("intake", models.Index(fields=["xid"], name="intake_xid")),
        migrations.AddIndex("intake", BrinIndex(fields=["at"], name="intake_at")),
        migrations.RemoveIndex("intake", "intake_kind"),
        migrations.RunSQL(NAME, migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Log",
            fields=[
                ("name", models.TextField(primary_key=True, serialize=False)),
                ("origin", models.TextField()),
                ("size", models.BigIntegerField(default=0)),
                ("root", models.BinaryField()),
                ("watermark", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Leaf",
            fields=[
                _key("log_id", "seq"),
                _log("leaves"),
                ("seq", models.BigIntegerField()),
                (
                    "intake",
                    models.OneToOneField(on_delete=PROTECT, related_name="leaf", to="ledger.intake"),
                ),
                ("hash", models.BinaryField()),
                ("kind", models.TextField()),
                ("refs", ArrayField(models.TextField(), default=list)),
                ("placed_at", models.DateTimeField(db_default=pamong.ledger.models.ClockTimestamp())),
            ],
            options={
                "indexes": [
                    models.Index(fields=["hash"], name="leaf_hash"),
                    models.Index(fields=["log", "kind", "seq"], name="leaf_kind"),
                    GinIndex(fields=["refs"], name="leaf_refs", gin_pending_list_limit=512),
                ]
            },
        ),
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                _id(),
                _log("checkpoints"),
                ("size", models.BigIntegerField()),
                ("note", models.TextField()),
                _at(),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("log", "size"), name="checkpoint_once")]
            },
        ),
        migrations.CreateModel(
            name="Cosignature",
            fields=[
                _id(),
                (
                    "checkpoint",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=PROTECT,
                        related_name="cosignatures",
                        to="ledger.checkpoint",
                    ),
                ),
                ("witness", models.TextField()),
                ("line", models.TextField()),
                ("signed_at", models.DateTimeField()),
                _at(),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("checkpoint", "witness"), name="cosigned_once")
                ]
            },
        ),
        migrations.CreateModel(
            name="WitnessAnswer",
            fields=[
                _key("log_id", "witness"),
                _log("answers"),
                ("witness", models.TextField()),
                ("size", models.BigIntegerField()),
                ("said", models.TextField(blank=True, default="")),
                ("asked_at", models.DateTimeField()),
                ("good_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Row",
            fields=[
                _id(),
                ("relation", models.TextField()),
                ("row_id", models.TextField()),
                ("act", models.TextField()),
                ("shape", models.IntegerField()),
                ("content", models.TextField(null=True)),
                ("salt", models.BinaryField(db_default=pamong.ledger.models.RandomBytes(), null=True)),
                ("by_role", models.TextField(db_default=pamong.ledger.models.SessionUser())),
                ("xid", models.BigIntegerField(db_default=pamong.ledger.models.TransactionId())),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("act__in", ["insert", "update", "delete"])), name="row_act"
                    )
                ],
                "indexes": [
                    models.Index(fields=["xid"], name="row_xid"),
                    models.Index(fields=["relation", "row_id"], name="row_of_relation"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RowGroup",
            fields=[
                ("xid", models.BigIntegerField(primary_key=True, serialize=False)),
                (
                    "intake",
                    models.OneToOneField(on_delete=PROTECT, related_name="rows", to="ledger.intake"),
                ),
            ],
        ),
        *(append_only(f"ledger_{name}") for name in UNCHANGING),
        grant(
            "ledger_intake",
            app="SELECT, INSERT (id, log, kind, body, mark)",
            sequencer="SELECT, INSERT (log, kind, body)",
            auditor="SELECT",
        ),
        grant_sequence("ledger_row"),
        grant(
            "ledger_log",
            app="SELECT",
            sequencer="SELECT, INSERT, UPDATE (size, root, watermark)",
            auditor="SELECT",
        ),
        grant(
            "ledger_leaf",
            app="SELECT",
            sequencer="SELECT, INSERT (log_id, seq, intake_id, hash, kind, refs)",
            auditor="SELECT",
        ),
        grant(
            "ledger_checkpoint",
            app="SELECT",
            sequencer="SELECT, INSERT (log_id, size, note)",
            auditor="SELECT",
        ),
        grant(
            "ledger_cosignature",
            app="SELECT",
            sequencer="SELECT, INSERT (checkpoint_id, witness, line, signed_at)",
            auditor="SELECT",
        ),
        grant("ledger_witnessanswer", app="SELECT", sequencer="SELECT, INSERT, UPDATE", auditor="SELECT"),
        # Triggers insert with the rights of whoever writes the protected row: only what is not stamped.
        grant(
            "ledger_row",
            app="SELECT, INSERT (relation, row_id, act, shape, content)",
            sequencer="SELECT",
            auditor="SELECT",
        ),
        grant("ledger_rowgroup", app="SELECT", sequencer="SELECT, INSERT", auditor="SELECT"),
    ]
