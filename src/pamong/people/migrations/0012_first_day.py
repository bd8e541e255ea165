"""Careers rest on two people or a decision from the first day of the site on."""

from pamong.config import migrations
from pamong.config.grants import first_day

TABLES = ("employment", "rank", "salarystep", "appointment")


class Migration(migrations.Migration):
    dependencies = [("people", "0011_bound"), ("ledger", "0008_first_day")]

    operations = [first_day(f"people_{name}") for name in TABLES]
