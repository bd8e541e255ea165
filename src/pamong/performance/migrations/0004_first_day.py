"""Predicates rest on two people or a decision from the first day of the site on."""

from pamong.config import migrations
from pamong.config.grants import first_day

TABLES = ("predicate",)


class Migration(migrations.Migration):
    dependencies = [("performance", "0003_predicate"), ("ledger", "0008_first_day")]

    operations = [first_day(f"performance_{name}") for name in TABLES]
