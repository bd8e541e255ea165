"""The role of the treasury."""

from django.db import models

from pamong.config import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0006_answers_to_requests"),
        ("ledger", "0002_dated_basis"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="grant",
            name="grant_role",
        ),
        migrations.RemoveConstraint(
            model_name="request",
            name="request_kind",
        ),
        migrations.AlterField(
            model_name="grant",
            name="role",
            field=models.TextField(
                choices=[
                    ("unit_clerk", "Petugas unit"),
                    ("personnel_officer", "Petugas kepegawaian"),
                    ("treasury", "Perbendaharaan"),
                    ("appointing_official", "Pejabat Pembina Kepegawaian"),
                    ("inspector", "Inspektorat"),
                    ("pay_auditor", "Pemeriksa pembayaran"),
                    ("system_operator", "Operator sistem"),
                ]
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "role__in",
                        [
                            "unit_clerk",
                            "personnel_officer",
                            "treasury",
                            "appointing_official",
                            "inspector",
                            "pay_auditor",
                            "system_operator",
                        ],
                    )
                ),
                name="grant_role",
            ),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind__in", ["password", "second_factor"]),
                        ("person__isnull", True),
                        ("role", ""),
                        ("unit_path", ""),
                    ),
                    models.Q(
                        ("kind", "role"),
                        ("person__isnull", True),
                        (
                            "role__in",
                            [
                                "unit_clerk",
                                "personnel_officer",
                                "treasury",
                                "appointing_official",
                                "inspector",
                                "pay_auditor",
                                "system_operator",
                            ],
                        ),
                    ),
                    models.Q(
                        ("kind__in", ["link", "unlink"]),
                        ("person__isnull", False),
                        ("role", ""),
                        ("unit_path", ""),
                    ),
                    _connector="OR",
                ),
                name="request_kind",
            ),
        ),
    ]
