"""Paid lists and what they differ by."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import models

from pamong.config import migrations
from pamong.config.grants import append_only, grant


class Migration(migrations.Migration):
    dependencies = [
        ("pay", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="PaidList",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(unique=True)),
                ("name", models.TextField()),
                ("sha256", models.TextField()),
                ("size", models.BigIntegerField()),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("waiting", "Sedang dibandingkan"),
                            ("done", "Selesai"),
                            ("failed", "Gagal"),
                        ],
                        default="waiting",
                    ),
                ),
                ("failure", models.TextField(blank=True, default="")),
                ("problems", models.JSONField(default=list)),
                ("people", models.IntegerField(default=0)),
                ("same", models.IntegerField(default=0)),
                ("paid", models.BigIntegerField(default=0)),
                ("computed", models.BigIntegerField(default=0)),
                ("causes", models.JSONField(default=dict)),
                ("unknown", models.BigIntegerField(default=0)),
                ("asked_by", models.TextField()),
                ("asked_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="paid_lists", to="pay.run"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PaidDifference",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "list_id", "number", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.IntegerField()),
                ("nip", models.TextField()),
                ("name", models.TextField()),
                ("opd_name", models.TextField()),
                (
                    "cause",
                    models.TextField(
                        choices=[
                            ("class", "Kelas jabatan"),
                            ("proration", "Bagian bulan"),
                            ("attendance", "Kehadiran dan kinerja"),
                            ("base_salary", "Gaji pokok atau penghasilan tetap"),
                            ("missing", "Hanya ada di satu daftar"),
                            ("rounding", "Pembulatan"),
                            ("unknown", "Belum diketahui"),
                        ]
                    ),
                ),
                ("part", models.TextField()),
                ("paid", models.BigIntegerField(null=True)),
                ("computed", models.BigIntegerField(null=True)),
                ("amount", models.BigIntegerField()),
                (
                    "list",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="differences",
                        to="pay.paidlist",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="paidlist",
            constraint=models.UniqueConstraint(fields=("run", "sha256"), name="paid_list_once"),
        ),
        migrations.AddConstraint(
            model_name="paidlist",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "done", "failed"])), name="paid_list_state"
            ),
        ),
        migrations.AddIndex(
            model_name="paiddifference",
            index=models.Index(fields=["list", "cause", "number"], name="paid_difference_cause"),
        ),
        append_only("pay_paiddifference"),
        grant("pay_paidlist", app="SELECT, INSERT, UPDATE", auditor="SELECT"),
        grant("pay_paiddifference", app="SELECT, INSERT", auditor="SELECT"),
    ]
