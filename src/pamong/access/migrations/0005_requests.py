"""Resets become requests about accounts: of roles, and of whose an account is, too."""

import sys

from django.db import models
from django.db.models import F, Q

from pamong.config import migrations

RESETS, LINKS = ["password", "second_factor"], ["link", "unlink"]
ROLES = [
    "unit_clerk",
    "personnel_officer",
    "appointing_official",
    "inspector",
    "pay_auditor",
    "system_operator",
]
PATH = r"^([A-Za-z0-9_]+(\.[A-Za-z0-9_]+)*)?$"
STATES = ["waiting", "done", "refused"]
TAKEN = "permintaan"  # the address of the list of requests, beside those of accounts


def rename(apps, schema_editor):
    """Give an account whose address is the list's now another name, and say so."""
    users = apps.get_model("access", "User").objects
    for user in users.filter(username=TAKEN):
        number = 2
        while users.filter(username=f"{TAKEN}-{number}").exists():
            number += 1
        user.username = f"{TAKEN}-{number}"
        user.save(update_fields=["username"])
        sys.stdout.write(f"\n  akun {TAKEN!r} sekarang bernama {user.username!r}")


def check(condition, name):
    """A constraint on each row."""
    return migrations.AddConstraint("request", models.CheckConstraint(condition=condition, name=name))


def once(fields, name):
    """A constraint on requests that wait."""
    constraint = models.UniqueConstraint(condition=Q(state="waiting"), fields=fields, name=name)
    return migrations.AddConstraint("request", constraint)


OF_RESET = Q(kind__in=RESETS, person__isnull=True, role="", unit_path="")
OF_ROLE = Q(kind="role", person__isnull=True, role__in=ROLES)
OF_LINK = Q(kind__in=LINKS, person__isnull=False, role="", unit_path="")


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0004_usernames"),
    ]

    operations = [
        migrations.RunPython(rename, migrations.RunPython.noop),
        migrations.RemoveConstraint("reset", "reset_kind"),
        migrations.RemoveConstraint("reset", "reset_two_people"),
        migrations.RemoveConstraint("reset", "reset_not_oneself"),
        migrations.RemoveConstraint("reset", "reset_once_waiting"),
        migrations.RenameModel("Reset", "Request"),
        migrations.AddField("request", "role", models.TextField(blank=True, default="")),
        migrations.AddField("request", "unit_path", models.TextField(blank=True, default="")),
        migrations.AddField("request", "person", models.UUIDField(null=True)),
        migrations.AlterField(
            "request",
            "user",
            models.ForeignKey("access.User", models.PROTECT, related_name="requests"),
        ),
        migrations.AlterField(
            "request",
            "kind",
            models.TextField(
                choices=[
                    ("password", "Kata sandi"),
                    ("second_factor", "Faktor kedua"),
                    ("role", "Peran"),
                    ("link", "Hubungan dengan pegawai"),
                    ("unlink", "Lepas dari pegawai"),
                ]
            ),
        ),
        migrations.AlterField(
            "request",
            "state",
            models.TextField(
                choices=[
                    ("waiting", "Menunggu operator kedua"),
                    ("done", "Dilaksanakan"),
                    ("refused", "Ditolak"),
                ],
                default="waiting",
            ),
        ),
        check(OF_RESET | OF_ROLE | OF_LINK, "request_kind"),
        check(Q(state__in=STATES), "request_state"),
        check(Q(unit_path__regex=PATH), "request_unit_path"),
        check(
            Q(state="waiting") | (Q(decided_by__isnull=False) & ~Q(decided_by=F("asked_by"))),
            "request_two_people",
        ),
        check(
            ~Q(user=F("asked_by")) & (Q(decided_by__isnull=True) | ~Q(user=F("decided_by"))),
            "request_not_oneself",
        ),
        once(["user", "kind", "role", "unit_path"], "request_once_waiting"),
        once(["person", "kind"], "request_person_once"),
    ]
