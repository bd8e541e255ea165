"""Months of people, version by version, and the sheets that bring them."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import models

import pamong.kernel.ids
from pamong.config import migrations
from pamong.config.grants import dated, decided_once, grant

_DECIDED = "state, altering, counts, decided_by_id, decided_name, decided_at, answer, basis_id"


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("ledger", "0002_dated_basis"),
        ("people", "0008_drops_of_recalls"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MonthFile",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                ("month", models.DateField()),
                ("name", models.TextField()),
                ("sha256", models.TextField()),
                ("size", models.BigIntegerField()),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("checked", "Sudah dicoba"),
                            ("waiting", "Menunggu petugas kedua"),
                            ("stored", "Tersimpan"),
                            ("refused", "Tidak disetujui"),
                            ("discarded", "Tidak dipakai"),
                        ]
                    ),
                ),
                ("altering", models.BooleanField(default=False)),
                ("counts", models.JSONField(default=dict)),
                ("problems", models.JSONField(default=list)),
                ("brought_name", models.TextField()),
                (
                    "brought_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("decided_name", models.TextField(blank=True, default="")),
                ("decided_at", models.DateTimeField(null=True)),
                ("answer", models.TextField(blank=True, default="")),
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
                    "brought_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "berkas isian bulanan",
                "indexes": [models.Index(fields=["-id"], name="monthfile_newest")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("month__day", 1)), name="monthfile_first_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["checked", "waiting", "stored", "refused", "discarded"])
                        ),
                        name="monthfile_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "stored"), _negated=True),
                            ("basis__isnull", False),
                            _connector="OR",
                        ),
                        name="monthfile_stored",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("altering", True), ("state", "stored"), _negated=True),
                            models.Q(("brought_by__isnull", True), ("decided_by__isnull", False)),
                            models.Q(
                                ("decided_by__isnull", False),
                                models.Q(("decided_by", models.F("brought_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="monthfile_two_people",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PerformanceMonth",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                ("month", models.DateField()),
                ("version", models.SmallIntegerField(default=1)),
                ("minutes", models.IntegerField(null=True)),
                ("behaviour", models.SmallIntegerField(null=True)),
                ("productivity_score", models.SmallIntegerField(null=True)),
                ("lhkpn_late", models.BooleanField(default=False)),
                ("negative_activity", models.BooleanField(default=False)),
                ("musters_missed", models.SmallIntegerField(null=True)),
                ("hours_left", models.SmallIntegerField(default=0)),
                (
                    "source",
                    models.TextField(
                        choices=[
                            ("employee", "Diisi sendiri"),
                            ("superior", "Atasan"),
                            ("import", "Berkas isian bulanan"),
                        ]
                    ),
                ),
                (
                    "state",
                    models.TextField(
                        choices=[("entered", "Menunggu verifikasi"), ("verified", "Terverifikasi")]
                    ),
                ),
                ("is_late", models.BooleanField(default=False)),
                ("note", models.TextField(blank=True, default="")),
                ("reason", models.TextField(blank=True, default="")),
                ("entered_name", models.TextField()),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("superseded_at", models.DateTimeField(editable=False, null=True)),
                (
                    "basis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.seal"
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "superseded_basis",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.seal",
                    ),
                ),
            ],
            options={
                "verbose_name": "kinerja sebulan",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "month", "version"), name="performancemonth_version"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=("month", "person"),
                        name="performancemonth_one_standing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("month__day", 1)), name="performancemonth_first_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="performancemonth_numbered"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("minutes__gte", 0), ("minutes__lte", 44640)),
                            ("minutes__isnull", True),
                            _connector="OR",
                        ),
                        name="performancemonth_minutes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("behaviour__gte", 0), ("behaviour__lte", 100)),
                            ("behaviour__isnull", True),
                            _connector="OR",
                        ),
                        name="performancemonth_behaviour",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("productivity_score__gte", 0), ("productivity_score__lte", 100)),
                            ("productivity_score__isnull", True),
                            _connector="OR",
                        ),
                        name="performancemonth_score",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("musters_missed__gte", 0), ("musters_missed__lte", 999)),
                            ("musters_missed__isnull", True),
                            _connector="OR",
                        ),
                        name="performancemonth_musters",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("hours_left__gte", 0), ("hours_left__lte", 999)),
                        name="performancemonth_hours",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["entered", "verified"])),
                        name="performancemonth_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("source", "employee"), ("state", "entered")),
                            models.Q(("source", "superior"), ("state", "verified")),
                            ("source", "import"),
                            _connector="OR",
                        ),
                        name="performancemonth_source",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("superseded_at__isnull", True), ("superseded_basis__isnull", True)),
                            models.Q(("superseded_at__isnull", False), ("superseded_basis__isnull", False)),
                            _connector="OR",
                        ),
                        name="performancemonth_superseded",
                    ),
                ],
            },
        ),
        dated("performance_performancemonth"),
        grant(
            "performance_performancemonth",
            app="SELECT, INSERT, UPDATE (superseded_at, superseded_basis_id)",
            auditor="SELECT",
        ),
        decided_once("performance_monthfile", "OLD.state IN ('checked', 'waiting')"),
        grant("performance_monthfile", app=f"SELECT, INSERT, UPDATE ({_DECIDED})", auditor="SELECT"),
    ]
