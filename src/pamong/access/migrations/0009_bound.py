"""Grants and requests of accounts are bound to the log, row by row."""

from pamong.config import migrations
from pamong.config.binding import bound

BOUND = (
    "grant",
    "request",
)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0006_bound_rows"), ("access", "0008_mail")]

    operations = [bound(f"access_{name}") for name in BOUND]
