"""Vacancies from their opening to the choice."""

import django.db.models.deletion
from django.conf import settings
from django.db import models

import pamong.kernel.ids
import pamong.ledger.models
from pamong.config import migrations
from pamong.config.grants import append_only, grant

TABLES = (
    "merit_vacancy",
    "merit_vacancystep",
    "merit_criteria",
    "merit_criteriaelement",
    "merit_panelmember",
    "merit_recusal",
    "merit_application",
    "merit_eligibilityrow",
    "merit_overruling",
    "merit_score",
    "merit_result",
    "merit_choice",
)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("ledger", "0006_bound_rows"),
        ("organisation", "0001_initial"),
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CriteriaElement",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "recorded_at",
                    models.DateTimeField(db_default=pamong.ledger.models.ClockTimestamp(), editable=False),
                ),
                ("code", models.TextField()),
                ("title", models.TextField()),
                ("weight", models.SmallIntegerField()),
                ("place", models.SmallIntegerField()),
            ],
            options={
                "verbose_name": "unsur seleksi",
            },
        ),
        migrations.CreateModel(
            name="Application",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "recorded_at",
                    models.DateTimeField(db_default=pamong.ledger.models.ClockTimestamp(), editable=False),
                ),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                ("is_invited", models.BooleanField(default=False)),
                (
                    "basis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.seal"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "verbose_name": "lamaran",
            },
        ),
        migrations.CreateModel(
            name="EligibilityRow",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "recorded_at",
                    models.DateTimeField(db_default=pamong.ledger.models.ClockTimestamp(), editable=False),
                ),
                (
                    "moment",
                    models.TextField(
                        choices=[
                            ("application", "Saat melamar"),
                            ("lock", "Saat dikunci"),
                            ("order", "Saat SK dibuat"),
                        ]
                    ),
                ),
                ("code", models.TextField()),
                (
                    "answer",
                    models.TextField(
                        choices=[
                            ("met", "Terpenuhi"),
                            ("not_met", "Tidak terpenuhi"),
                            ("unknown", "Belum diketahui"),
                        ]
                    ),
                ),
                ("text", models.TextField()),
                ("value", models.TextField(blank=True, default="")),
                ("threshold", models.TextField(blank=True, default="")),
                ("source", models.TextField(blank=True, default="")),
                (
                    "evidence",
                    models.TextField(
                        blank=True,
                        choices=[
                            ("text", "teks peraturan"),
                            ("official", "sumber resmi"),
                            ("secondary", "belum pasti"),
                            ("example", "contoh"),
                        ],
                        default="",
                    ),
                ),
                ("is_firm", models.BooleanField()),
                (
                    "application",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conditions",
                        to="merit.application",
                    ),
                ),
            ],
            options={
                "verbose_name": "syarat pelamar",
            },
        ),
        migrations.CreateModel(
            name="Overruling",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "recorded_at",
                    models.DateTimeField(db_default=pamong.ledger.models.ClockTimestamp(), editable=False),
                ),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                ("reason", models.TextField()),
                ("decision", models.UUIDField()),
                (
                    "basis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.seal"
                    ),
                ),
                (
                    "condition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="overruling",
                        to="merit.eligibilityrow",
                    ),
                ),
            ],
            options={
                "verbose_name": "pengesampingan syarat",
            },
        ),
        migrations.CreateModel(
            name="PanelMember",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "recorded_at",
                    models.DateTimeField(db_default=pamong.ledger.models.ClockTimestamp(), editable=False),
                ),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                ("name", models.TextField()),
                (
                    "source",
                    models.TextField(
                        choices=[
                            ("own", "Pejabat pimpinan tinggi dari instansi sendiri"),
                            ("other", "Pejabat pimpinan tinggi dari instansi lain"),
                            ("expert", "Akademisi, pakar, atau profesional"),
                        ]
                    ),
                ),
                ("is_chair", models.BooleanField(default=False)),
                ("decision", models.UUIDField()),
                (
                    "basis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.seal"
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
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "anggota panitia seleksi",
            },
        ),
        migrations.CreateModel(
            name="Recusal",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "recorded_at",
                    models.DateTimeField(db_default=pamong.ledger.models.ClockTimestamp(), editable=False),
                ),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                ("reason", models.TextField()),
                ("is_own", models.BooleanField(default=True)),
                (
                    "basis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.seal"
                    ),
                ),
                (
                    "member",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recusal",
                        to="merit.panelmember",
                    ),
                ),
            ],
            options={
                "verbose_name": "pengunduran diri anggota panitia",
            },
        ),
        migrations.CreateModel(
            name="Result",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "recorded_at",
                    models.DateTimeField(db_default=pamong.ledger.models.ClockTimestamp(), editable=False),
                ),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                ("rank", models.SmallIntegerField()),
                ("total_num", models.BigIntegerField()),
                ("total_den", models.BigIntegerField()),
                ("tie", models.TextField(blank=True, default="")),
                ("is_locked", models.BooleanField()),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="result",
                        to="merit.application",
                    ),
                ),
                (
                    "basis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.seal"
                    ),
                ),
            ],
            options={
                "verbose_name": "hasil seleksi",
            },
        ),
        migrations.CreateModel(
            name="Score",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "recorded_at",
                    models.DateTimeField(db_default=pamong.ledger.models.ClockTimestamp(), editable=False),
                ),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                ("value", models.SmallIntegerField()),
                ("reason", models.TextField(blank=True, default="")),
                (
                    "application",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scores",
                        to="merit.application",
                    ),
                ),
                (
                    "basis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.seal"
                    ),
                ),
                (
                    "element",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scores",
                        to="merit.criteriaelement",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scores",
                        to="merit.panelmember",
                    ),
                ),
                (
                    "supersedes",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="merit.score",
                    ),
                ),
            ],
            options={
                "verbose_name": "nilai",
            },
        ),
        migrations.CreateModel(
            name="Vacancy",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "recorded_at",
                    models.DateTimeField(db_default=pamong.ledger.models.ClockTimestamp(), editable=False),
                ),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                ("title", models.TextField()),
                ("kind", models.TextField()),
                ("eselon", models.TextField(blank=True, default="")),
                ("decision", models.UUIDField()),
                (
                    "basis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.seal"
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.seat"
                    ),
                ),
            ],
            options={
                "verbose_name": "lowongan",
            },
        ),
        migrations.AddField(
            model_name="panelmember",
            name="vacancy",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="members",
                to="merit.vacancy",
            ),
        ),
        migrations.AddField(
            model_name="criteriaelement",
            name="vacancy",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="elements",
                to="merit.vacancy",
            ),
        ),
        migrations.CreateModel(
            name="Criteria",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "recorded_at",
                    models.DateTimeField(db_default=pamong.ledger.models.ClockTimestamp(), editable=False),
                ),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                ("names", models.SmallIntegerField()),
                ("ties", models.JSONField(default=list)),
                ("draw", models.TextField(blank=True, default="")),
                ("closes_on", models.DateField()),
                ("requirements", models.TextField(blank=True, default="")),
                (
                    "basis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.seal"
                    ),
                ),
                (
                    "vacancy",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="criteria",
                        to="merit.vacancy",
                    ),
                ),
            ],
            options={
                "verbose_name": "kriteria seleksi",
            },
        ),
        migrations.CreateModel(
            name="Choice",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "recorded_at",
                    models.DateTimeField(db_default=pamong.ledger.models.ClockTimestamp(), editable=False),
                ),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                ("rank", models.SmallIntegerField()),
                ("reason", models.TextField(blank=True, default="")),
                ("decision", models.UUIDField()),
                (
                    "basis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.seal"
                    ),
                ),
                (
                    "result",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="choice", to="merit.result"
                    ),
                ),
                (
                    "vacancy",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="choice", to="merit.vacancy"
                    ),
                ),
            ],
            options={
                "verbose_name": "pilihan",
            },
        ),
        migrations.AddField(
            model_name="application",
            name="vacancy",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="applications",
                to="merit.vacancy",
            ),
        ),
        migrations.CreateModel(
            name="VacancyStep",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "recorded_at",
                    models.DateTimeField(db_default=pamong.ledger.models.ClockTimestamp(), editable=False),
                ),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                (
                    "step",
                    models.TextField(
                        choices=[
                            ("announced", "Diumumkan"),
                            ("closed", "Pelamaran ditutup"),
                            ("scored", "Selesai dinilai"),
                            ("locked", "Peringkat dikunci"),
                            ("cancelled", "Dibatalkan"),
                        ]
                    ),
                ),
                ("on", models.DateField()),
                ("reason", models.TextField(blank=True, default="")),
                ("decision", models.UUIDField(null=True)),
                (
                    "basis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.seal"
                    ),
                ),
                (
                    "vacancy",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="merit.vacancy",
                    ),
                ),
            ],
            options={
                "verbose_name": "langkah lowongan",
            },
        ),
        migrations.AddConstraint(
            model_name="eligibilityrow",
            constraint=models.UniqueConstraint(
                fields=("application", "moment", "code"), name="eligibility_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="eligibilityrow",
            constraint=models.CheckConstraint(
                condition=models.Q(("moment__in", ["application", "lock", "order"])),
                name="eligibility_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="eligibilityrow",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer__in", ["met", "not_met", "unknown"])), name="eligibility_answer"
            ),
        ),
        migrations.AddConstraint(
            model_name="eligibilityrow",
            constraint=models.CheckConstraint(
                condition=models.Q(("evidence__in", ["text", "official", "secondary", "example", ""])),
                name="eligibility_evidence",
            ),
        ),
        migrations.AddConstraint(
            model_name="overruling",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="overruling_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="recusal",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="recusal_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="result",
            constraint=models.CheckConstraint(condition=models.Q(("rank__gte", 1)), name="result_rank"),
        ),
        migrations.AddConstraint(
            model_name="result",
            constraint=models.CheckConstraint(
                condition=models.Q(("total_den__gte", 1), ("total_num__gte", 0)), name="result_total"
            ),
        ),
        migrations.AddIndex(
            model_name="score",
            index=models.Index(fields=["application", "element"], name="score_of_application"),
        ),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.UniqueConstraint(
                condition=models.Q(("supersedes__isnull", True)),
                fields=("member", "application", "element"),
                name="score_one_first",
            ),
        ),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.CheckConstraint(
                condition=models.Q(("value__range", (0, 10000))), name="score_value"
            ),
        ),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("supersedes__isnull", True), models.Q(("reason", ""), _negated=True), _connector="OR"
                ),
                name="score_corrected",
            ),
        ),
        migrations.AddConstraint(
            model_name="vacancy",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="vacancy_titled"
            ),
        ),
        migrations.AddConstraint(
            model_name="panelmember",
            constraint=models.UniqueConstraint(fields=("vacancy", "user"), name="panelmember_once"),
        ),
        migrations.AddConstraint(
            model_name="panelmember",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_chair", True)), fields=("vacancy",), name="panelmember_one_chair"
            ),
        ),
        migrations.AddConstraint(
            model_name="panelmember",
            constraint=models.CheckConstraint(
                condition=models.Q(("source__in", ["own", "other", "expert"])), name="panelmember_source"
            ),
        ),
        migrations.AddConstraint(
            model_name="criteriaelement",
            constraint=models.UniqueConstraint(fields=("vacancy", "code"), name="element_once"),
        ),
        migrations.AddConstraint(
            model_name="criteriaelement",
            constraint=models.UniqueConstraint(fields=("vacancy", "place"), name="element_place"),
        ),
        migrations.AddConstraint(
            model_name="criteriaelement",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^[a-z0-9_]+$")), name="element_code"
            ),
        ),
        migrations.AddConstraint(
            model_name="criteriaelement",
            constraint=models.CheckConstraint(
                condition=models.Q(("weight__range", (1, 100))), name="element_weight"
            ),
        ),
        migrations.AddConstraint(
            model_name="criteria",
            constraint=models.CheckConstraint(condition=models.Q(("names__gte", 1)), name="criteria_names"),
        ),
        migrations.AddConstraint(
            model_name="criteria",
            constraint=models.CheckConstraint(
                condition=models.Q(("draw__regex", "^([0-9a-f]{64})?$")), name="criteria_draw"
            ),
        ),
        migrations.AddConstraint(
            model_name="choice",
            constraint=models.CheckConstraint(
                condition=models.Q(("rank", 1), models.Q(("reason", ""), _negated=True), _connector="OR"),
                name="choice_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.UniqueConstraint(fields=("vacancy", "person"), name="application_once"),
        ),
        migrations.AddConstraint(
            model_name="vacancystep",
            constraint=models.UniqueConstraint(fields=("vacancy", "step"), name="vacancystep_once"),
        ),
        migrations.AddConstraint(
            model_name="vacancystep",
            constraint=models.CheckConstraint(
                condition=models.Q(("step__in", ["announced", "closed", "scored", "locked", "cancelled"])),
                name="vacancystep_step",
            ),
        ),
        migrations.AddConstraint(
            model_name="vacancystep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("step", "cancelled"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="vacancystep_cancelled",
            ),
        ),
        *(append_only(table) for table in TABLES),
        *(grant(table, app="SELECT, INSERT", auditor="SELECT") for table in TABLES),
    ]
