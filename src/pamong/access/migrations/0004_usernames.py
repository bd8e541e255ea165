"""Names of accounts hold only what an address can hold; those that did not are given one that does."""

import re
import sys

from django.db import models

from pamong.config import migrations

USERNAME, RESERVED = r"^[a-z0-9][a-z0-9._-]*$", {"atur-ulang"}
MOST = 60


def rename(apps, schema_editor):
    """Replace each sign that may not stand there, and say so: the owner signs in by the new name."""
    users = apps.get_model("access", "User").objects
    taken = set(users.values_list("username", flat=True))
    for user in users.order_by("id"):
        if re.fullmatch(USERNAME, user.username) and user.username not in RESERVED:
            continue
        old, user.username = user.username, fresh(user.username, taken)
        taken.add(user.username)
        user.save(update_fields=["username"])
        sys.stdout.write(f"\n  akun {old!r} sekarang bernama {user.username!r}")


def fresh(name, taken):
    """The nearest name that may stand and that nobody has."""
    plain = re.sub(r"[^a-z0-9._-]", "-", name.lower()).lstrip("._-") or "akun"
    number = 1
    while True:
        found = plain[:MOST] if number == 1 else f"{plain[: MOST - 6]}-{number}"
        if found not in taken and found not in RESERVED:
            return found
        number += 1


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0003_reset"),
    ]

    operations = [
        migrations.RunPython(rename, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(("username__regex", USERNAME)), name="user_username_signs"
            ),
        ),
    ]
