"""What opens somebody's data in the log is destroyed by two people, on a ground, and never one's own."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client
from django.urls import reverse

from pamong.access import queries as access
from pamong.access import services as accounts
from pamong.access.errors import NotAllowed, ReasonMissing
from pamong.kernel.actor import Actor
from pamong.ledger import queries as ledger
from pamong.ledger import services as sealing
from pamong.ledger.choices import ErasureGround
from pamong.ledger.errors import OpeningsErased, ReferenceMissing
from pamong.people import queries, services
from pamong.people.choices import ErasureState
from pamong.people.errors import (
    ErasureNotFound,
    ErasureWaiting,
    PersonNotFound,
    ProposerDecides,
    StillServing,
)
from pamong.people.events import PersonCreated
from pamong.people.models import Erasure
from tests.support.city import PERSONS, nip_of
from tests.support.month import MORNING, TODAY
from tests.support.people import People

SCHEDULE = "JRA 800.1.11, Perwali 12/2024"
WHY = "Pensiun lebih dari sepuluh tahun"


@pytest.fixture
def town(small: People) -> People:
    """The small city with those who decide, who watch, and who operate."""
    operator = Actor.operator("uji", TODAY)
    for role in ("appointing_official", "inspector", "system_operator"):
        told = {"actor": operator, "at": MORNING, "username": role}
        accounts.create_user(**told, display_name=role, password=None)
        accounts.grant_role(**told, role=role, start_on=date(2026, 1, 1))
    return small


def nip(key: str) -> str:
    return nip_of(*PERSONS[key][1:4])


def officer() -> Actor:
    return access.named_actor("nurul", TODAY)


def head() -> Actor:
    return access.named_actor("appointing_official", TODAY)


def propose(key: str = "ended", by: Actor | None = None, **other: object) -> object:
    asked: dict[str, object] = {
        "nip": nip(key), "ground": ErasureGround.RETENTION, "reference": SCHEDULE, "reason": WHY,
    }  # fmt: skip
    return services.propose_erasure(actor=by or officer(), at=MORNING, **(asked | other))  # type: ignore[arg-type]


def recorded(town: People, key: str) -> int:
    event = PersonCreated(town.city.persons[key], name=PERSONS[key][0])
    return sealing.record(actor=officer(), event=event)


def test_one_proposes_another_decides_and_then_it_is_gone(town: People) -> None:
    entry, other = recorded(town, "ended"), recorded(town, "mate")
    uid = propose()
    (row,) = queries.list_erasures(actor=head(), at=MORNING)
    assert (row.uid, row.nip, row.state, row.may_decide) == (uid, nip("ended"), ErasureState.WAITING, True)
    assert services.decide_erasure(actor=head(), at=MORNING, uid=row.uid, agree=True) >= 1
    with pytest.raises(OpeningsErased, match="menurut jadwal retensi"):
        ledger.get_openings(actor=head(), entry_id=entry)
    assert ledger.get_openings(actor=head(), entry_id=other)
    (row,) = queries.list_erasures(actor=officer(), at=MORNING)
    assert (row.state, row.name, row.nip, row.reason) == (ErasureState.DONE, "", "", "")
    with pytest.raises(ErasureNotFound):
        services.decide_erasure(actor=head(), at=MORNING, uid=row.uid, agree=True)


def test_the_account_goes_with_the_person(town: People) -> None:
    operator = Actor.operator("uji", TODAY)
    propose("own", ground=ErasureGround.UNLAWFUL)
    uid = Erasure.objects.get().uid
    services.decide_erasure(actor=head(), at=MORNING, uid=uid, agree=True)
    user = access.find_user("employee")
    assert user is not None
    assert user.uid in ledger.find_erased(actor=operator, subjects=[user.uid])


def test_refused_nothing_is_gone(town: People) -> None:
    entry = recorded(town, "ended")
    propose()
    uid = Erasure.objects.get().uid
    assert services.decide_erasure(actor=head(), at=MORNING, uid=uid, agree=False) == 0
    assert ledger.get_openings(actor=head(), entry_id=entry)


def test_what_is_missing_is_told(town: People) -> None:
    with pytest.raises(PersonNotFound):
        propose(nip="199901012020011001")
    with pytest.raises(ReferenceMissing):
        propose(reference=" ")
    with pytest.raises(ReasonMissing):
        propose(reason="x")
    with pytest.raises(StillServing, match="masa retensinya belum berjalan"):
        propose("mate")
    propose()
    with pytest.raises(ErasureWaiting):
        propose()


def test_nobody_else_and_nobody_alone(town: People) -> None:
    for who in ("inspector", "system_operator", "unit_clerk", "employee", "appointing_official"):
        with pytest.raises(NotAllowed):
            propose(by=access.named_actor(who, TODAY))
    with pytest.raises(NotAllowed, match="akun"):
        propose(by=Actor.operator("uji", TODAY))
    propose()
    uid = Erasure.objects.get().uid
    for actor in (officer(), access.named_actor("inspector", TODAY), Actor.operator("uji", TODAY)):
        with pytest.raises(NotAllowed):
            services.decide_erasure(actor=actor, at=MORNING, uid=uid, agree=True)
    # Who has both roles does not play both parts.
    operator = Actor.operator("uji", TODAY)
    accounts.grant_role(
        actor=operator, at=MORNING, username="nurul", role="appointing_official",
        start_on=TODAY,
    )  # fmt: skip
    with pytest.raises(ProposerDecides):
        services.decide_erasure(actor=officer(), at=MORNING, uid=uid, agree=True)


def test_a_decision_is_written_once(town: People) -> None:
    propose()
    uid = Erasure.objects.get().uid
    services.decide_erasure(actor=head(), at=MORNING, uid=uid, agree=False)
    with pytest.raises(Exception, match="tidak dapat diubah"), transaction.atomic():
        Erasure.objects.update(state="done")
    with pytest.raises(ProgrammingError), transaction.atomic():
        Erasure.objects.all().delete()


def test_the_page_takes_a_proposal_and_the_head_decides(town: People) -> None:
    clients = {}
    for name in ("nurul", "appointing_official"):
        user = access.find_user(name)
        assert user is not None
        clients[name] = Client()
        clients[name].force_login(user)
    told = {"nip": nip("ended"), "ground": "retention", "reference": "", "reason": WHY}
    page = reverse("people:erasures")
    assert clients["nurul"].post(page, told).status_code == 422
    assert clients["nurul"].post(page, told | {"reference": SCHEDULE}).status_code == 302
    shown = clients["appointing_official"].get(page).content.decode()
    assert SCHEDULE in shown and nip("ended") in shown and "Usulkan penghapusan" not in shown
    assert "Penghapusan isi pribadi" in clients["appointing_official"].get("/").content.decode()
    assert page in clients["nurul"].get(reverse("people:index")).content.decode()
    uid = Erasure.objects.get().uid
    answer = clients["appointing_official"].post(
        reverse("people:erasure", args=[uid]), {"putusan": "hapus"}, follow=True
    )
    assert "Bukti segelnya tetap sah." in answer.content.decode()
    assert nip("ended") not in clients["nurul"].get(page).content.decode()
