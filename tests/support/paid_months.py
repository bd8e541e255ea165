"""Months that are paid one after the other, so that what is known later becomes a difference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from pamong.interop.differences import post_month
from pamong.pay import path
from pamong.pay.differences import Posted
from pamong.pay.models import PayItem
from tests.pay.support import Someone, files_of
from tests.support.lists import Government, code_of, pay_whole
from tests.support.month import MORNING

COMPONENTS = ("performance", "conditions", "location", "scarcity", "other")
_FULL_MONTH = 31


def weekdays(month: date) -> list[int]:
    """Monday to Friday of a month; who comes on a holiday as well does no harm."""
    days = (month + timedelta(days=number) for number in range(_FULL_MONTH))
    return [day.day for day in days if day.month == month.month and day.weekday() < 5]


def regulation(folder: Path, key: str, *values: tuple[date, Any], unit: str = "rupiah", by: str = "") -> None:
    """A value of the site's own regulation, with all its dates; it replaces what stood there."""
    file = folder / f"{key}.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    made = {"title": f"Uji {key}", "unit": unit, "kind": "table" if by else "scalar"}
    dated = [
        {"from": since, "value": value, "citation": {"regulation": "contoh-peragaan"}, "grade": "E"}
        for since, value in values
    ]
    file.write_text(yaml.safe_dump(made | ({"by": [by]} if by else {}) | {"values": dated}, sort_keys=False))


def rate_of_class_9(folder: Path, *values: tuple[date, int]) -> None:
    """What class 9 reaches in a month, all of it as load, from which dates."""
    regulation(
        folder, "pay/tpp_class_amount", *((since, {9: amount}) for since, amount in values), by="job_class"
    )
    start = values[0][0]
    shares = {"load": "100 %"} | dict.fromkeys(COMPONENTS, "0 %")
    for component, share in shares.items():
        regulation(folder, f"pay/component_{component}", (start, {9: share}), unit="rate", by="job_class")


@dataclass(frozen=True)
class Months:
    """A government that computes, opens and pays months."""

    town: Government
    overlay: str = ""

    def compute(self, month: date, who: Sequence[Someone]) -> None:
        """A published run of a month."""
        files = files_of(who, days=weekdays(month), month=month)
        self.town.runs.append(self.town.office.run(files, month=month, overlay=self.overlay).uid)

    def open(self, month: date, who: Sequence[Someone]) -> Mapping[str, path.ListRow]:
        """Compute a month and open its lists, by office."""
        self.compute(month, who)
        self.town.open()
        return self.lists(month)

    def lists(self, month: date) -> Mapping[str, path.ListRow]:
        """The main lists of a month, by office."""
        view = path.open_month(actor=self.town.as_("checker"), month=month)
        return {row.opd_name: row for row in view.lists if row.kind == "main"}

    def pay(self, month: date) -> None:
        """Take every list of a month all the way."""
        for name, row in self.lists(month).items():
            code = code_of(name)
            acting = map(self.town.as_, (f"clerk_{code}", f"head_{code}", "checker", "treasurer"))
            pay_whole(row.uid, *acting, at=MORNING)

    def paid(self, month: date, who: Sequence[Someone]) -> None:
        """Compute, open and pay a month."""
        self.open(month, who)
        self.pay(month)

    def post(self, month: date) -> Posted:
        """Write down what a paid month differs by, as an officer."""
        return post_month(actor=self.town.as_("checker"), at=MORNING, month=month)

    def items(self, month: date, one: Someone) -> list[tuple[date, int, int]]:
        """What the lists of a month pay somebody: month of service, sequence, gross."""
        rows = PayItem.objects.filter(
            list__month=month, person=self.town.persons[one.number], released_at__isnull=True
        ).order_by("service_month", "sequence")
        return [(row.service_month, row.sequence, row.gross) for row in rows]
