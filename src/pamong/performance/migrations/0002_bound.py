"""Months of performance and the files that they come from are bound to the log, row by row."""

from pamong.config import migrations
from pamong.config.binding import bound

BOUND = (
    "performancemonth",
    "monthfile",
)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0006_bound_rows"), ("performance", "0001_initial")]

    operations = [bound(f"performance_{name}") for name in BOUND]
