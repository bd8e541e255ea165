"""All that makes up a selection is bound to the log, row by row."""

from pamong.config import migrations
from pamong.config.binding import bound

BOUND = (
    "vacancy",
    "vacancystep",
    "criteria",
    "criteriaelement",
    "panelmember",
    "recusal",
    "application",
    "eligibilityrow",
    "overruling",
    "score",
    "result",
    "choice",
)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0006_bound_rows"), ("merit", "0002_order")]

    operations = [bound(f"merit_{name}") for name in BOUND]
