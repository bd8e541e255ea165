"""Leave and the lists that it comes from are bound to the log, row by row."""

from pamong.config import migrations
from pamong.config.binding import bound

BOUND = (
    "leaveentry",
    "leavelist",
)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0006_bound_rows"), ("leave", "0001_initial")]

    operations = [bound(f"leave_{name}") for name in BOUND]
