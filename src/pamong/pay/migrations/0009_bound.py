"""Runs, lists, differences, plans, deposits and budgets are bound to the log, row by row."""

from pamong.config import migrations
from pamong.config.binding import bound

BOUND = (
    "paylist",
    "payitem",
    "liststep",
    "payfile",
    "treasuryfile",
    "budget",
    "difference",
    "differenceline",
    "differencepart",
    "overpayment",
    "instalmentplan",
    "instalment",
    "plandecision",
    "deposit",
    "runfile",
    "payfact",
    "recapitulation",
)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0006_bound_rows"), ("pay", "0008_seals")]

    operations = [
        *(bound(f"pay_{name}") for name in BOUND),
        # What a run comes to; how far it is changes all the time.
        bound("pay_run", which="state IN ('published', 'cancelled')"),
    ]
