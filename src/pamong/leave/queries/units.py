"""Units by their codes, as permissions name them."""

from __future__ import annotations

from pamong.ledger.sql import fetch


def unit_code(unit: int | None) -> str:
    """The code of a unit; '' for none."""
    found = fetch("SELECT code FROM organisation_unit WHERE id = %(unit)s", {"unit": unit}) if unit else []
    return str(found[0][0]) if found else ""
