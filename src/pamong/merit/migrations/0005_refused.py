"""A seat that a selection is filling takes nobody else for good; who was named beside the locked list is kept."""

import django.db.models.deletion
from django.conf import settings
from django.db import models

import pamong.kernel.ids
import pamong.ledger.models
from pamong.config import migrations
from pamong.config.binding import bound
from pamong.config.grants import append_only, grant

# The choice of one of the locked names comes before the appointment that follows from it, in one transaction: from
# then on the selection fills the seat no more. Who had the seat on the days that the same act takes away from him
# may keep a part of them.
SELECTED = """
CREATE FUNCTION merit_seat_selected() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE told text;
BEGIN
  SELECT v.title INTO told FROM fresh f JOIN merit_vacancy v ON v.seat_id = f.seat_id
  JOIN merit_vacancystep t ON t.vacancy_id = v.id AND t.step = 'announced'
  WHERE f.kind = 'regular' AND f.superseded_at IS NULL AND NOT f.period << daterange(t."on", NULL)
    AND NOT EXISTS (SELECT FROM merit_choice c WHERE c.vacancy_id = v.id)
    AND NOT EXISTS (SELECT FROM merit_vacancystep c WHERE c.vacancy_id = v.id AND c.step = 'cancelled')
    AND NOT EXISTS (SELECT FROM people_appointment o WHERE o.person_id = f.person_id AND o.seat_id = f.seat_id
      AND o.kind = 'regular' AND o.superseded_basis_id = f.basis_id AND f.period <@ o.period)
  LIMIT 1;
  IF told IS NOT NULL THEN
    RAISE EXCEPTION '% sedang diisi lewat seleksi; pemangkunya hanya dari nama yang dikunci.', told
      USING ERRCODE = 'check_violation', CONSTRAINT = 'appointment_selected';
  END IF;
  RETURN NULL;
END $$
"""
TRIGGER = (
    "CREATE TRIGGER merit_seat_selected AFTER INSERT ON people_appointment REFERENCING NEW TABLE AS fresh "
    "FOR EACH STATEMENT EXECUTE FUNCTION merit_seat_selected()",
    "ALTER TABLE people_appointment ENABLE ALWAYS TRIGGER merit_seat_selected",
)
TABLE = "merit_refusedname"


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("merit", "0004_presence"),
        ("people", "0012_first_day"),
    ]

    operations = [
        migrations.RunSQL(SELECTED, "DROP FUNCTION merit_seat_selected()"),
        migrations.RunSQL(list(TRIGGER), "DROP TRIGGER merit_seat_selected ON people_appointment"),
        migrations.CreateModel(
            name="RefusedName",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "recorded_at",
                    models.DateTimeField(db_default=pamong.ledger.models.ClockTimestamp(), editable=False),
                ),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                ("said", models.TextField(blank=True, default="")),
                ("by_name", models.TextField()),
                (
                    "basis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.seal"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "vacancy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="merit.vacancy"
                    ),
                ),
            ],
            options={"verbose_name": "nama di luar daftar"},
        ),
        migrations.AddConstraint(
            model_name="refusedname",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("person__isnull", False), models.Q(("said", ""), _negated=True), _connector="OR"
                ),
                name="refusedname_says",
            ),
        ),
        append_only(TABLE),
        grant(TABLE, app="SELECT, INSERT", auditor="SELECT"),
        migrations.RunSQL(
            [
                f'CREATE TRIGGER "{TABLE}_stamp" BEFORE INSERT ON "{TABLE}" '
                "FOR EACH ROW EXECUTE FUNCTION merit_stamped()",
                f'ALTER TABLE "{TABLE}" ENABLE ALWAYS TRIGGER "{TABLE}_stamp"',
            ],
            [f'DROP TRIGGER "{TABLE}_stamp" ON "{TABLE}"'],
        ),
        bound(TABLE),
    ]
