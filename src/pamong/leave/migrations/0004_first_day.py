"""What was left of leave years is brought along before the first day of the site, and not after."""

from pamong.config import migrations
from pamong.config.grants import first_day

TABLES = ("leaveopening",)


class Migration(migrations.Migration):
    dependencies = [("leave", "0003_requests"), ("ledger", "0008_first_day")]

    operations = [first_day(f"leave_{name}") for name in TABLES]
