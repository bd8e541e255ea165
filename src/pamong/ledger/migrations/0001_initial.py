"""The intake, what opens its commitments, and the seals."""

import django.db.models.deletion
from django.db import models

import pamong.ledger.models
from pamong.config import migrations
from pamong.config.grants import append_only, grant, grant_sequence

GUARDS = """
CREATE FUNCTION pamong_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'Baris di % tidak dapat diubah atau dihapus.', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION pamong_dated_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.recorded_at := clock_timestamp();
    NEW.superseded_at := NULL;
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' AND OLD.superseded_at IS NULL AND NEW.superseded_at IS NOT NULL
     AND to_jsonb(NEW) - 'superseded_at' = to_jsonb(OLD) - 'superseded_at' THEN
    NEW.superseded_at := clock_timestamp();
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'Baris di % tidak dapat diubah, hanya diganti dengan baris baru.', TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$;
"""

UNGUARD = "DROP FUNCTION pamong_dated_row(); DROP FUNCTION pamong_refuse_change();"


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Intake",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("log", models.TextField()),
                ("kind", models.TextField()),
                ("body", models.TextField()),
                ("at", models.DateTimeField(db_default=pamong.ledger.models.ClockTimestamp())),
            ],
            options={
                "indexes": [models.Index(fields=["kind", "id"], name="intake_kind")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__regex", "^[a-z][a-z_]*\\.[a-z][a-z_]*$")),
                        name="intake_kind_form",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Personal",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "intake_id", "field", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("field", models.TextField()),
                ("salt", models.BinaryField()),
                ("value", models.BinaryField()),
                (
                    "intake",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="openings",
                        to="ledger.intake",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.TextField(
                        choices=[
                            ("opening", "Data awal"),
                            ("import", "Impor berkas"),
                            ("office_entry", "Entri kantor"),
                            ("decision", "Keputusan"),
                        ]
                    ),
                ),
                ("ref", models.UUIDField()),
                ("at", models.DateTimeField(db_default=pamong.ledger.models.ClockTimestamp())),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["opening", "import", "office_entry", "decision"])),
                        name="seal_kind",
                    ),
                    models.UniqueConstraint(fields=("kind", "ref"), name="seal_once"),
                ],
            },
        ),
        migrations.RunSQL(GUARDS, UNGUARD),
        append_only("ledger_intake"),
        append_only("ledger_seal"),
        # The application may not write the column "at": the database stamps it.
        grant(
            "ledger_intake", app="SELECT, INSERT (id, log, kind, body)", sequencer="SELECT", auditor="SELECT"
        ),
        grant_sequence("ledger_intake"),
        # An auditor never sees the salts, which open the commitments.
        grant("ledger_personal", app="SELECT, INSERT", auditor="SELECT (intake_id, field)"),
        grant("ledger_seal", app="SELECT, INSERT (kind, ref)", auditor="SELECT"),
    ]
