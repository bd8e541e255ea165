"""What employees say of their days, and who answered."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import models

import pamong.kernel.ids
from pamong.config import migrations
from pamong.config.grants import append_only, decided_once, grant


class Migration(migrations.Migration):
    dependencies = [
        ("attendance", "0005_outages"),
        ("ledger", "0002_dated_basis"),
        ("organisation", "0004_withdrawals_by_two"),
        ("people", "0008_drops_of_recalls"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                ("on", models.DateField()),
                ("zone", models.TextField()),
                ("came", models.TimeField(null=True)),
                ("left", models.TimeField(null=True)),
                ("left_next", models.BooleanField(default=False)),
                ("kind", models.TextField(blank=True, default="")),
                ("part", models.TextField(blank=True, default="")),
                ("reason", models.TextField()),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("open", "Menunggu jawaban"),
                            ("agreed", "Disetujui"),
                            ("refused", "Tidak disetujui"),
                            ("withdrawn", "Ditarik"),
                        ],
                        default="open",
                    ),
                ),
                (
                    "asked_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "attachment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="attendance.attachment",
                    ),
                ),
                (
                    "basis",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.seal",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CorrectionStep",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.IntegerField()),
                (
                    "step",
                    models.TextField(
                        choices=[
                            ("asked", "Diminta"),
                            ("escalated", "Naik ke atasan berikutnya karena waktunya lewat"),
                            ("agreed", "Disetujui"),
                            ("refused", "Tidak disetujui"),
                            ("appealed", "Dimintakan banding"),
                            ("withdrawn", "Ditarik"),
                        ]
                    ),
                ),
                ("post", models.TextField(blank=True, default="")),
                ("by_name", models.TextField(blank=True, default="")),
                ("note", models.TextField(blank=True, default="")),
                ("due_on", models.DateField(null=True)),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "correction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="attendance.correction",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.seat",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="correction",
            index=models.Index(fields=["person", "-on"], name="correction_person"),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "agreed", "refused", "withdrawn"])),
                name="correction_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="correction_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind", ""),
                        ("part", ""),
                        models.Q(("came__isnull", False), ("left__isnull", False), _connector="OR"),
                    ),
                    models.Q(
                        ("came__isnull", True),
                        ("kind__in", ["DL", "I", "GG"]),
                        ("left__isnull", True),
                        ("part__in", ["whole", "first_half", "second_half"]),
                    ),
                    _connector="OR",
                ),
                name="correction_claim",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(("left_next", False), ("left__isnull", False), _connector="OR"),
                name="correction_left_next",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("asked_by")), _negated=True),
                    _connector="OR",
                ),
                name="correction_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("basis__isnull", False), ("decided_by__isnull", False), ("state", "agreed")),
                    models.Q(models.Q(("state", "agreed"), _negated=True), ("basis__isnull", True)),
                    _connector="OR",
                ),
                name="correction_agreed",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")), fields=("person", "on"), name="correction_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="correctionstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("step__in", ["asked", "escalated", "agreed", "refused", "appealed", "withdrawn"])
                ),
                name="correctionstep_step",
            ),
        ),
        migrations.AddConstraint(
            model_name="correctionstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("by__isnull", True), ("step", "escalated")),
                    models.Q(models.Q(("step", "escalated"), _negated=True), ("by__isnull", False)),
                    _connector="OR",
                ),
                name="correctionstep_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="correctionstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("due_on__isnull", False), ("step__in", ["asked", "escalated", "appealed"])),
                    models.Q(
                        models.Q(("step__in", ["asked", "escalated", "appealed"]), _negated=True),
                        ("due_on__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="correctionstep_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="correctionstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("note", ""), ("step", "refused"), _negated=True),
                name="correctionstep_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="correctionstep",
            constraint=models.UniqueConstraint(fields=("correction", "number"), name="correctionstep_once"),
        ),
        migrations.AddConstraint(
            model_name="correctionstep",
            constraint=models.UniqueConstraint(
                condition=models.Q(("step", "appealed")),
                fields=("correction",),
                name="correctionstep_one_appeal",
            ),
        ),
        # A refusal is opened once more by an appeal.
        decided_once(
            "attendance_correction", "OLD.state = 'open' OR (OLD.state = 'refused' AND NEW.state = 'open')"
        ),
        append_only("attendance_correctionstep"),
        grant("attendance_correctionstep", app="SELECT, INSERT", auditor="SELECT"),
        grant(
            "attendance_correction",
            app="SELECT, INSERT, UPDATE (state, decided_by_id, basis_id)",
            auditor="SELECT",
        ),
    ]
