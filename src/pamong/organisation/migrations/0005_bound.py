"""The organisation's things, their histories and the acts on them are bound to the log, row by row."""

from pamong.config import migrations
from pamong.config.binding import bound

BOUND = (
    "site",
    "siterow",
    "unit",
    "unitrow",
    "lineage",
    "reorganisation",
    "proposal",
    "post",
    "seat",
    "seatrow",
    "line",
    "workload",
)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0006_bound_rows"), ("organisation", "0004_withdrawals_by_two")]

    operations = [bound(f"organisation_{name}") for name in BOUND]
