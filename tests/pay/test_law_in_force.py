"""The law in force: an edit behind everyone's back is seen, and pays nobody; two people put law in force."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings

from pamong.access import services as access
from pamong.access.errors import NotAllowed
from pamong.decisions import services as decisions
from pamong.decisions.choices import Answer, State, Verdict
from pamong.decisions.errors import ContentUnfit, GatesBlock, GatesChanged, NotYours, ReasonsMissing
from pamong.decisions.queries import Story
from pamong.decisions.services.answering import Given
from pamong.kernel.actor import Actor
from pamong.ledger import queries as entries
from pamong.pay import queries, services
from pamong.pay.errors import LawNotInForce
from pamong.pay.law_in_force import require_law_in_force
from tests.support.adopting import EVIDENCE, put_in_force
from tests.support.deciding import Desk, desk_of
from tests.support.paid_months import regulation
from tests.support.people import AT, People

GROUND = "SK Wali Kota 12 Tahun 2026, 2 Januari 2026"
RULE, FILE = "pay/acting_least_days", "situs/pay/acting_least_days.yaml"

pytestmark = pytest.mark.django_db


@pytest.fixture
def overlay(tmp_path: Path) -> Path:
    (tmp_path / "pay").mkdir()
    (tmp_path / "adoptions.yaml").write_text("[]\n")
    return tmp_path


@pytest.fixture
def desk(small: People) -> Desk:
    return desk_of(small)


def changes(actor: Actor, overlay: Path) -> list[str]:
    return queries.list_law_changes(actor=actor, profile="contoh", overlay=str(overlay))


def proposed(desk: Desk, overlay: Path, who: str = "nurul", **more: Any) -> UUID:
    asked = {"profile": "contoh", "overlay": str(overlay), "ground": GROUND, "key": uuid4(), **more}
    return services.propose_law(actor=desk.actor(who), at=AT, **asked).uid


def signed(desk: Desk, uid: UUID, who: str = "mayor", **more: Any) -> State:
    return desk.answer(who, uid, **{"reasons": EVIDENCE, **more})


def told(story: Story, label: str) -> Sequence[str]:
    return [line.text for line in story.told.lines if line.label.startswith(label)]


def verdicts(story: Story) -> dict[str, Verdict]:
    return {view.gate.code: view.gate.verdict for view in story.gates}


def test_an_edited_file_is_named_and_refuses_to_pay_until_it_is_adopted(
    desk: Desk, operator: Actor, at: datetime, overlay: Path
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
    asked = (desk.actor("nurul"), desk.actor("mayor"), at, "contoh", str(overlay), GROUND)
    uid = put_in_force(*asked)
    assert changes(operator, overlay) == []
    found = queries.find_law_in_force(actor=operator)
    assert found is not None
    assert (found.profile, found.ground, found.decision) == ("contoh", GROUND, uid)


def test_the_opening_and_what_was_put_in_force_before_decisions_are_read_as_before(
    operator: Actor, overlay: Path
) -> None:
    services.open_law(actor=operator, profile="contoh", overlay=str(overlay))
    entry = entries.find_newest(actor=operator, log="rules", kind="law.in_force")
    assert entry is not None and "decision" not in json.loads(entry.body)["public"]
    found = queries.find_law_in_force(actor=operator)
    assert found is not None and found.decision is None


def test_the_operator_of_the_machine_puts_nothing_in_force(
    operator: Actor, at: datetime, overlay: Path
) -> None:
    with pytest.raises(NotAllowed):
        services.propose_law(
            actor=operator, at=at, key=uuid4(), profile="contoh", overlay=str(overlay), ground=GROUND
        )


def test_a_ground_is_needed(desk: Desk, overlay: Path) -> None:
    with pytest.raises(ContentUnfit, match="nomor dan tanggal"):
        proposed(desk, overlay, ground=" ")


def test_one_proposes_and_another_signs(desk: Desk, operator: Actor, overlay: Path) -> None:
    with pytest.raises(NotAllowed):
        proposed(desk, overlay, "clerk")
    uid = proposed(desk, overlay)
    for who in ("nurul", "wahyu", "above"):
        with pytest.raises(NotYours):
            signed(desk, uid, who)
    assert queries.find_law_in_force(actor=operator) is None
    assert desk.inbox("mayor") == [uid]
    assert signed(desk, uid) is State.SEALED
    assert desk.story("wahyu", uid).state is State.SEALED  # who may adopt reads what was adopted


def test_who_signs_both_parts_is_refused_whatever_roles_he_has(desk: Desk, overlay: Path) -> None:
    """An officer who is the appointing official as well still needs another."""
    access.grant_role(
        actor=Actor.operator("uji", AT.date()), at=AT, username="mayor", role="personnel_officer",
        unit_path="", start_on=date(2020, 1, 1), reason="uji",
    )  # fmt: skip
    uid = proposed(desk, overlay, "mayor")
    with pytest.raises(NotYours):
        signed(desk, uid)


def test_what_changes_is_told_with_the_day_from_which_it_does(
    desk: Desk, operator: Actor, overlay: Path
) -> None:
    regulation(overlay, RULE, (date(2022, 1, 1), 30), unit="days")
    services.open_law(actor=operator, profile="contoh", overlay=str(overlay))
    regulation(overlay, RULE, (date(2022, 1, 1), 30), (date(2026, 12, 1), 10), unit="days")
    uid = proposed(desk, overlay)
    story = desk.story("mayor", uid)
    assert told(story, "Berkas yang berubah") == [FILE]
    (change,) = told(story, "Nilai yang berubah")
    assert change.endswith(f"({RULE}), mulai 1 Desember 2026: belum ada menjadi 10 hari")
    regulation(overlay, RULE, (date(2022, 1, 1), 20), unit="days")
    (other,) = told(desk.story("mayor", proposed(desk, overlay)), "Nilai yang berubah")
    assert other.endswith(f"({RULE}), mulai 1 Januari 2022: 30 hari menjadi 20 hari")


def test_a_file_that_moved_since_the_proposal_stops_the_signature(
    desk: Desk, operator: Actor, overlay: Path
) -> None:
    regulation(overlay, RULE, (date(2022, 1, 1), 30), unit="days")
    uid = proposed(desk, overlay)
    kept = (overlay / "pay" / "acting_least_days.yaml").read_text()
    regulation(overlay, RULE, (date(2022, 1, 1), 1), unit="days")
    assert verdicts(desk.story("mayor", uid))["moved"] is Verdict.BLOCK
    with pytest.raises(GatesBlock, match=f"berubah sejak diusulkan: {FILE}"):
        signed(desk, uid)
    assert queries.find_law_in_force(actor=operator) is None
    (overlay / "pay" / "acting_least_days.yaml").write_text(kept)
    assert signed(desk, uid) is State.SEALED


def test_files_that_do_not_load_are_not_proposed(desk: Desk, overlay: Path) -> None:
    (overlay / "pay" / "baru.yaml").write_text("title: [")
    with pytest.raises(GatesBlock, match=r"tidak dapat dipakai\. baru\.yaml"):
        proposed(desk, overlay)


def test_values_that_may_not_pay_want_a_reason(desk: Desk, overlay: Path) -> None:
    uid = proposed(desk, overlay)
    assert verdicts(desk.story("mayor", uid)) == {
        "loads": Verdict.ALLOW, "moved": Verdict.ALLOW, "changes": Verdict.ALLOW, "evidence": Verdict.WARN
    }  # fmt: skip
    with pytest.raises(ReasonsMissing, match="Bukti nilai"):
        signed(desk, uid, reasons={})
    done = decisions.sign_many(actor=desk.actor("mayor"), at=AT, decisions=[uid])
    assert [each.uid for each in done.opened] == [uid]
    assert signed(desk, uid) is State.SEALED


def test_values_that_were_not_kept_are_not_guessed(desk: Desk, operator: Actor, overlay: Path) -> None:
    """The store lost them, or they were put in force before anything was kept."""
    regulation(overlay, RULE, (date(2022, 1, 1), 30), unit="days")
    services.open_law(actor=operator, profile="contoh", overlay=str(overlay))
    found = queries.find_law_in_force(actor=operator)
    assert found is not None
    kept = Path(settings.PAMONG_FILES_ROOT) / found.values[:2] / found.values
    kept.write_bytes(b"{}")
    regulation(overlay, RULE, (date(2022, 1, 1), 10), unit="days")
    story = desk.story("mayor", proposed(desk, overlay))
    assert told(story, "Berkas yang berubah") == [FILE] and told(story, "Nilai yang berubah") == []
    (gate,) = [view.gate for view in story.gates if view.gate.code == "changes"]
    assert "Nilai yang berlaku tidak disimpan" in gate.sentence


def test_another_that_was_signed_meanwhile_is_seen(desk: Desk, operator: Actor, overlay: Path) -> None:
    regulation(overlay, RULE, (date(2022, 1, 1), 30), unit="days")
    services.open_law(actor=operator, profile="contoh", overlay=str(overlay))
    regulation(overlay, RULE, (date(2022, 1, 1), 10), unit="days")
    first, second = proposed(desk, overlay), proposed(desk, overlay)
    seen = desk.story("mayor", second).turn
    assert seen is not None
    signed(desk, first)
    with pytest.raises(GatesChanged):
        signed(desk, second, seen=seen.seen)
    (gate,) = [view for view in desk.story("mayor", second).gates if view.gate.code == "changes"]
    assert gate.gate.sentence == "Berkasnya sama dengan yang berlaku; yang berganti dasarnya."
    assert gate.before is not None and FILE in gate.before.sentence


def test_what_is_refused_changes_nothing(desk: Desk, operator: Actor, overlay: Path) -> None:
    uid = proposed(desk, overlay)
    given = Given(Answer.REFUSE, "Belum ada salinan peraturannya")
    decisions.answer(actor=desk.actor("mayor"), at=AT, decision=uid, given=given)
    assert queries.find_law_in_force(actor=operator) is None
