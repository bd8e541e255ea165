"""The law in force: an edit behind everyone's back is seen, and pays nobody."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from pamong.access.errors import NotAllowed
from pamong.kernel.actor import Actor
from pamong.kernel.errors import InvalidValue
from pamong.pay import queries, services
from pamong.pay.errors import LawNotInForce
from pamong.pay.law_in_force import require_law_in_force
from tests.support.people import People

GROUND = "SK Wali Kota 12 Tahun 2026, 2 Januari 2026"


@pytest.fixture
def overlay(tmp_path: Path) -> Path:
    (tmp_path / "pay").mkdir()
    (tmp_path / "adoptions.yaml").write_text("[]\n")
    return tmp_path


def changes(actor: Actor, overlay: Path) -> list[str]:
    return queries.list_law_changes(actor=actor, profile="contoh", overlay=str(overlay))


@pytest.mark.django_db
def test_an_edited_file_is_named_and_refuses_to_pay_until_it_is_adopted(
    small: People, operator: Actor, at: datetime, overlay: Path
) -> None:
    assert services.open_law(actor=operator, profile="contoh", overlay=str(overlay))
    assert not services.open_law(actor=operator, profile="contoh", overlay=str(overlay)), "once"
    assert changes(operator, overlay) == []
    (overlay / "adoptions.yaml").write_text("[]\n# seseorang mengubah ini\n")
    (overlay / "pay" / "baru.yaml").write_text("")
    assert changes(operator, overlay) == ["situs/adoptions.yaml", "situs/pay/baru.yaml"]
    with pytest.raises(LawNotInForce, match=r"situs/adoptions\.yaml"):
        require_law_in_force(actor=operator, profile="contoh", overlay=str(overlay))
    (overlay / "pay" / "baru.yaml").unlink()
    services.put_law_in_force(
        actor=small.actor("nurul"), at=at, profile="contoh", overlay=str(overlay), ground=GROUND
    )
    assert changes(operator, overlay) == []
    found = queries.find_law_in_force(actor=operator)
    assert found is not None
    assert (found.profile, found.ground) == ("contoh", GROUND)


@pytest.mark.django_db
def test_the_operator_of_the_machine_puts_nothing_in_force(
    operator: Actor, at: datetime, overlay: Path
) -> None:
    with pytest.raises(NotAllowed):
        services.put_law_in_force(
            actor=operator, at=at, profile="contoh", overlay=str(overlay), ground=GROUND
        )


@pytest.mark.django_db
def test_a_ground_is_needed(small: People, at: datetime, overlay: Path) -> None:
    with pytest.raises(InvalidValue, match="nomor dan tanggal"):
        services.put_law_in_force(
            actor=small.actor("nurul"), at=at, profile="contoh", overlay=str(overlay), ground=" "
        )
