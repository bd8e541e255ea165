"""Users, their roles over periods, and the log of reads."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
from django.conf import settings
from django.db import models

import pamong.kernel.ids
from pamong.config import migrations
from pamong.config.grants import append_only, dated, grant

USER_COLUMNS = "SELECT (id, uid, username, display_name, is_active, created_at, last_login)"


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("ledger", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                ("username", models.CharField(max_length=60, verbose_name="nama pengguna")),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, null=True, verbose_name="alamat surel"),
                ),
                ("display_name", models.CharField(max_length=200, verbose_name="nama")),
                ("is_active", models.BooleanField(default=True, verbose_name="aktif")),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("username",), name="user_username_once"),
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"), name="user_email_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("username", django.db.models.functions.text.Lower("username"))),
                        name="user_username_lower",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Grant",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                (
                    "role",
                    models.TextField(
                        choices=[
                            ("unit_clerk", "Petugas unit"),
                            ("personnel_officer", "Petugas kepegawaian"),
                            ("appointing_official", "Pejabat Pembina Kepegawaian"),
                            ("inspector", "Inspektorat"),
                            ("pay_auditor", "Pemeriksa pembayaran"),
                            ("system_operator", "Operator sistem"),
                        ]
                    ),
                ),
                ("unit_path", models.TextField(blank=True, default="")),
                ("period", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("reason", models.TextField(blank=True, default="")),
                (
                    "act",
                    models.TextField(
                        choices=[
                            ("change", "Perubahan"),
                            ("correct", "Pembetulan"),
                            ("rescind", "Pembatalan"),
                        ],
                        default="change",
                    ),
                ),
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
                    "supersedes",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="access.grant",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "unit_clerk",
                                    "personnel_officer",
                                    "appointing_official",
                                    "inspector",
                                    "pay_auditor",
                                    "system_operator",
                                ],
                            )
                        ),
                        name="grant_role",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("act__in", ["change", "correct", "rescind"])), name="grant_act"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit_path__regex", "^([A-Za-z0-9_]+(\\.[A-Za-z0-9_]+)*)?$")),
                        name="grant_unit_path",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("period__isempty", False), ("period__startswith__isnull", False)),
                        name="grant_period",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        expressions=[("user", "="), ("role", "="), ("unit_path", "="), ("period", "&&")],
                        name="grant_no_overlap",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReadLog",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("actor", models.TextField()),
                ("path", models.TextField()),
                ("reason", models.TextField(blank=True, default="")),
                (
                    "subject_ids",
                    django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "access_read_log",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["subject_ids"], name="read_log_subjects")
                ],
            },
        ),
        dated("access_grant"),
        append_only("access_read_log"),
        grant("access_user", app="SELECT, INSERT, UPDATE", auditor=USER_COLUMNS),
        grant("access_grant", app="SELECT, INSERT, UPDATE (superseded_at)", auditor="SELECT"),
        # "recorded_at" is stamped by the database.
        grant(
            "access_read_log",
            app="SELECT, INSERT (at, user_id, actor, path, reason, subject_ids)",
            auditor="SELECT",
        ),
    ]
