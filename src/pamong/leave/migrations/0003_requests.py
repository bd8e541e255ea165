"""Leave that was asked for: its decision, its counted days, halves of days; what was brought along, deferred."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import models

import pamong.kernel.ids
import pamong.ledger.models
from pamong.config import migrations
from pamong.config.binding import bound
from pamong.config.grants import append_only, dated, grant


class Migration(migrations.Migration):
    dependencies = [
        ("leave", "0002_bound"),
        ("decisions", "0002_guards"),
        ("ledger", "0007_audit"),
        ("people", "0011_bound"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LeaveDeferral",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("on", models.DateField()),
                ("days", models.DecimalField(decimal_places=2, max_digits=5)),
                ("decision", models.UUIDField(unique=True)),
                (
                    "recorded_at",
                    models.DateTimeField(db_default=pamong.ledger.models.ClockTimestamp(), editable=False),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LeaveOpening",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                ("period", django.contrib.postgres.fields.ranges.DateRangeField()),
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
                    models.DateTimeField(db_default=pamong.ledger.models.ClockTimestamp(), editable=False),
                ),
                ("superseded_at", models.DateTimeField(editable=False, null=True)),
                ("left", models.DecimalField(decimal_places=2, max_digits=5)),
                ("used", models.BooleanField(null=True)),
            ],
            options={
                "verbose_name": "sisa cuti awal",
            },
        ),
        migrations.RemoveConstraint(
            model_name="leaveentry",
            name="leaveentry_numbered",
        ),
        migrations.RemoveConstraint(
            model_name="leaveentry",
            name="leaveentry_no_overlap",
        ),
        migrations.AddField(
            model_name="leaveentry",
            name="advance",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="leaveentry",
            name="days",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="leaveentry",
            name="decision",
            field=models.UUIDField(null=True),
        ),
        migrations.AlterField(
            model_name="leaveentry",
            name="number",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddIndex(
            model_name="leaveentry",
            index=models.Index(
                condition=models.Q(("decision__isnull", False)),
                fields=["decision"],
                name="leaveentry_decision",
            ),
        ),
        migrations.AddConstraint(
            model_name="leaveentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("number", ""), _negated=True), ("decision__isnull", False), _connector="OR"
                ),
                name="leaveentry_numbered",
            ),
        ),
        migrations.AddConstraint(
            model_name="leaveentry",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(
                    ("state__in", ["waiting", "verified"]), models.Q(("act", "cancel"), _negated=True)
                ),
                expressions=[
                    ("person", "="),
                    ("period", "&&"),
                    (
                        models.Func(
                            models.Case(models.When(part="second_half", then=1), default=0),
                            models.Case(models.When(part="first_half", then=1), default=2),
                            function="int4range",
                        ),
                        "&&",
                    ),
                    ("document", "<>"),
                ],
                name="leaveentry_no_overlap",
            ),
        ),
        migrations.AddField(
            model_name="leavedeferral",
            name="basis",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.seal"
            ),
        ),
        migrations.AddField(
            model_name="leavedeferral",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="leaveopening",
            name="basis",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.seal"
            ),
        ),
        migrations.AddField(
            model_name="leaveopening",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="leaveopening",
            name="superseded_basis",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ledger.seal",
            ),
        ),
        migrations.AddField(
            model_name="leaveopening",
            name="supersedes",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="superseded_by",
                to="leave.leaveopening",
            ),
        ),
        migrations.AddConstraint(
            model_name="leavedeferral",
            constraint=models.CheckConstraint(condition=models.Q(("days__gt", 0)), name="leavedeferral_days"),
        ),
        migrations.AddConstraint(
            model_name="leaveopening",
            constraint=models.CheckConstraint(
                condition=models.Q(("period__isempty", False), ("period__startswith__isnull", False)),
                name="leaveopening_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="leaveopening",
            constraint=models.CheckConstraint(
                condition=models.Q(("act__in", ["change", "correct", "rescind"])), name="leaveopening_act"
            ),
        ),
        migrations.AddConstraint(
            model_name="leaveopening",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("superseded_at__isnull", True), ("superseded_basis__isnull", True)),
                    models.Q(("superseded_at__isnull", False), ("superseded_basis__isnull", False)),
                    _connector="OR",
                ),
                name="leaveopening_superseded",
            ),
        ),
        migrations.AddConstraint(
            model_name="leaveopening",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("superseded_at__isnull", True)),
                expressions=[("person", "="), ("period", "&&")],
                name="leaveopening_no_overlap",
            ),
        ),
        migrations.AddConstraint(
            model_name="leaveopening",
            constraint=models.CheckConstraint(condition=models.Q(("left__gte", 0)), name="leaveopening_left"),
        ),
        append_only("leave_leavedeferral"),
        grant("leave_leavedeferral", app="SELECT, INSERT", auditor="SELECT"),
        dated("leave_leaveopening"),
        grant(
            "leave_leaveopening",
            app="SELECT, INSERT, UPDATE (superseded_at, superseded_basis_id)",
            auditor="SELECT",
        ),
        bound("leave_leavedeferral"),
        bound("leave_leaveopening"),
        bound("leave_leaveentry"),
    ]
