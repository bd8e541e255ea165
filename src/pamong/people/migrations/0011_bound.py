"""People, their histories and the acts on them are bound to the log, row by row."""

from pamong.config import migrations
from pamong.config.binding import bound

BOUND = (
    "person",
    "identity",
    "contact",
    "bankaccount",
    "employment",
    "rank",
    "salarystep",
    "appointment",
    "entry",
    "erasure",
    "education",
    "relative",
    "evidence",
    "check",
    "qualityaccept",
    "erasure",
)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0006_bound_rows"), ("people", "0010_erasures")]

    operations = [bound(f"people_{name}") for name in BOUND]
