"""Delays of raises rest on two people or a decision from the first day of the site on."""

from pamong.config import migrations
from pamong.config.grants import first_day

TABLES = ("kgbdelay",)


class Migration(migrations.Migration):
    dependencies = [("career", "0002_given"), ("ledger", "0008_first_day")]

    operations = [first_day(f"career_{name}") for name in TABLES]
