"""What opens commitments is kept under the key of the person concerned; keys, and how they are destroyed.

Rows of before stay as they are, marked by NULL: no installation in use has any.
"""

from django.db import models
from django.db.models.deletion import PROTECT

import pamong.ledger.models
from pamong.config import migrations
from pamong.config.grants import append_only, grant

# A key is never changed, and destroyed only where an erasure of it is written down in the same transaction.
GUARDS = """
CREATE FUNCTION pamong_key_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND EXISTS (SELECT 1 FROM ledger_erasure WHERE key_id = OLD.id) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'Baris di % tidak dapat diubah atau dihapus.', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER ledger_personkey_erased BEFORE UPDATE OR DELETE ON ledger_personkey
  FOR EACH ROW EXECUTE FUNCTION pamong_key_erased();
ALTER TABLE ledger_personkey ENABLE ALWAYS TRIGGER ledger_personkey_erased;
CREATE TRIGGER ledger_personkey_whole BEFORE TRUNCATE ON ledger_personkey
  FOR EACH STATEMENT EXECUTE FUNCTION pamong_refuse_change();
ALTER TABLE ledger_personkey ENABLE ALWAYS TRIGGER ledger_personkey_whole;
"""
UNGUARD = """
DROP TRIGGER ledger_personkey_whole ON ledger_personkey;
DROP TRIGGER ledger_personkey_erased ON ledger_personkey;
DROP FUNCTION pamong_key_erased();
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0004_log")]

    operations = [
        migrations.CreateModel(
            name="PersonKey",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("subject", models.UUIDField()),
                ("wrapped", models.BinaryField()),
                ("made_at", models.DateTimeField(db_default=pamong.ledger.models.ClockTimestamp())),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("subject",), name="person_key_once")],
            },
        ),
        migrations.CreateModel(
            name="Erasure",
            fields=[
                ("key_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("subject", models.UUIDField()),
                (
                    "ground",
                    models.TextField(
                        choices=[
                            ("retention", "menurut jadwal retensi"),
                            ("unlawful", "karena diperoleh melawan hukum"),
                        ]
                    ),
                ),
                ("reference", models.TextField()),
                (
                    "intake",
                    models.ForeignKey(
                        db_index=False, on_delete=PROTECT, related_name="erasures", to="ledger.intake"
                    ),
                ),
                ("at", models.DateTimeField(db_default=pamong.ledger.models.ClockTimestamp())),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ground__in", ["retention", "unlawful"])), name="erasure_ground"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reference", ""), _negated=True), name="erasure_reference"
                    ),
                ],
                "indexes": [models.Index(fields=["subject"], name="erasure_subject")],
            },
        ),
        migrations.AddField("personal", "sealed_with", models.BigIntegerField(null=True)),
        # Written in one statement with its entry, neither of which is ever deleted: a check of it would cost
        # each writer a look-up a field.
        migrations.AlterField(
            "personal",
            "intake",
            models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=PROTECT,
                related_name="openings",
                to="ledger.intake",
            ),
        ),
        append_only("ledger_erasure"),
        migrations.RunSQL(GUARDS, UNGUARD),
        # The auditor opens commitments to compare them: what it reads is sealed, and the database lacks the secret.
        grant("ledger_personal", app="SELECT, INSERT", auditor="SELECT"),
        grant("ledger_personkey", app="SELECT, INSERT (subject, wrapped), DELETE", auditor="SELECT"),
        grant(
            "ledger_erasure",
            app="SELECT, INSERT (key_id, subject, ground, reference, intake_id)",
            auditor="SELECT",
        ),
    ]
