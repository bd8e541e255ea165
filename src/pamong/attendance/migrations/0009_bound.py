"""Papers, corrections, outages, machines and rosters are bound to the log, row by row."""

from pamong.config import migrations
from pamong.config.binding import bound

BOUND = (
    "attachment",
    "correction",
    "correctionstep",
    "dutyletter",
    "dutymember",
    "permit",
    "muster",
    "mustermissing",
    "devicegroup",
    "device",
    "devicerow",
    "pin",
    "unitweek",
    "dayexcuse",
    "outage",
    "outagestep",
    "sheet",
    "sheetrow",
    "shiftkind",
    "shiftkindrow",
    "rostersheet",
    "swap",
    "swapstep",
    "rosterday",
)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0006_bound_rows"), ("attendance", "0008_rows_set_aside")]

    operations = [bound(f"attendance_{name}") for name in BOUND]
