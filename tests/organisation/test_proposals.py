"""Acts of two officers: proposed after a preview, decided by another, once, on what he has seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest

from pamong.access import services as accounts
from pamong.access.errors import NotAllowed
from pamong.access.models import User
from pamong.kernel.actor import Actor
from pamong.kernel.ids import uuid7
from pamong.ledger.models import Intake, Seal
from pamong.organisation import events, models, queries, services
from pamong.organisation.choices import ActKind
from pamong.organisation.errors import (
    AnswerMissing,
    PreviewMoved,
    ProposalClosed,
    ProposalNotFound,
    Refused,
    WrongState,
)
from pamong.organisation.services import Asked, Told
from tests.support.organisation import SmallCity, officer

ON = date(2027, 1, 4)
TODAY = date(2026, 11, 10)
WHY = Told("Hasil evaluasi jabatan", "800/12/2026", date(2026, 11, 2), "Kelas berubah.")


@pytest.fixture
def officers(city: SmallCity, at: datetime) -> tuple[Actor, Actor]:
    """Two officers of the whole government, with accounts."""
    return account("petugas.satu", at), account("petugas.dua", at)


def account(name: str, at: datetime, unit: str = "") -> Actor:
    operator = Actor.operator("uji", TODAY)
    accounts.create_user(actor=operator, at=at, username=name, display_name=name, password=None)
    return replace(officer(TODAY, User.objects.get(username=name).pk, unit), name=name)


def asked(city: SmallCity, job_class: int = 7) -> Asked:
    values = {"job_class": job_class, "note": ""}
    return Asked(ActKind.SEAT_CLASS, city.seats["kel_satu.data"], ON, values)


def propose(actor: Actor, at: datetime, act: Asked, key: UUID | None = None) -> UUID:
    key = key or uuid7(at)
    seen = services.preview_act(actor=actor, at=at, asked=act).mark
    services.propose_act(actor=actor, at=at, asked=act, told=WHY, seen=seen, key=key)
    return key


def approve(actor: Actor, at: datetime, uid: UUID) -> None:
    seen = services.preview_proposal(actor=actor, at=at, proposal=uid).mark
    services.approve_proposal(actor=actor, at=at, proposal=uid, seen=seen)


def class_of(city: SmallCity, on: date = ON) -> int:
    return int(models.SeatRow.objects.as_of(on).get(seat__uid=city.seats["kel_satu.data"]).job_class)


def kinds() -> list[str]:
    return list(Intake.objects.order_by("id").values_list("kind", flat=True))


def test_one_officer_alone_changes_nothing(
    city: SmallCity, officers: tuple[Actor, Actor], at: datetime
) -> None:
    first, second = officers
    seals = Seal.objects.count()
    uid = propose(first, at, asked(city))
    assert (class_of(city), Seal.objects.count()) == (6, seals)
    with pytest.raises(NotAllowed, match="Anda yang mengusulkan ini"):
        services.approve_proposal(actor=first, at=at, proposal=uid, seen="")
    approve(second, at, uid)
    assert (class_of(city, date(2027, 1, 3)), class_of(city)) == (6, 7)
    row = models.SeatRow.objects.as_of(ON).get(seat__uid=city.seats["kel_satu.data"])
    assert (row.basis.kind, row.basis.ref, Seal.objects.count()) == ("office_entry", uid, seals + 1)


def test_the_log_names_both_people(city: SmallCity, officers: tuple[Actor, Actor], at: datetime) -> None:
    first, second = officers
    approve(second, at, propose(first, at, asked(city)))
    told = Intake.objects.get(kind="organisation.approved").body
    assert f'"actor":"user:{second.user_id}"' in told and f'"proposed_by":"user:{first.user_id}"' in told
    assert "800/12/2026" in told and "Hasil evaluasi jabatan" not in told  # what people write is personal
    assert kinds()[-4:] == [
        "organisation.proposed", "ledger.sealed", "organisation.seat_changed", "organisation.approved"
    ]  # fmt: skip


def test_it_is_refused_with_words_or_withdrawn_by_its_proposer(
    city: SmallCity, officers: tuple[Actor, Actor], at: datetime
) -> None:
    first, second = officers
    uid = propose(first, at, asked(city))
    with pytest.raises(AnswerMissing):
        services.refuse_proposal(actor=second, at=at, proposal=uid, answer=" ")
    with pytest.raises(ProposalNotFound):
        services.withdraw_proposal(actor=second, at=at, proposal=uid)
    services.refuse_proposal(actor=second, at=at, proposal=uid, answer="Belum ada SK.")
    other = propose(first, at, asked(city))
    services.withdraw_proposal(actor=first, at=at, proposal=other)
    for closed in (uid, other):
        with pytest.raises(ProposalClosed):
            services.approve_proposal(actor=second, at=at, proposal=closed, seen="")
    assert class_of(city) == 6
    states = list(models.Proposal.objects.order_by("id").values_list("state", "answer"))
    assert states == [("refused", "Belum ada SK."), ("withdrawn", "")]


def test_the_second_officer_decides_on_what_he_has_seen(
    city: SmallCity, officers: tuple[Actor, Actor], at: datetime
) -> None:
    first, second = officers
    uid = propose(first, at, asked(city, 9))
    seen = services.preview_proposal(actor=second, at=at, proposal=uid).mark
    assert seen == services.preview_proposal(actor=first, at=at, proposal=uid).mark
    approve(second, at, propose(first, at, asked(city, 7)))
    with pytest.raises(PreviewMoved):
        services.approve_proposal(actor=second, at=at, proposal=uid, seen=seen)
    assert class_of(city) == 7
    with pytest.raises(PreviewMoved):
        services.propose_act(actor=first, at=at, asked=asked(city, 8), told=WHY, seen=seen, key=uuid7(at))


def test_what_would_change_nothing_is_not_proposed_and_not_approved(
    city: SmallCity, officers: tuple[Actor, Actor], at: datetime
) -> None:
    first, second = officers
    with pytest.raises(Refused, match="Tidak ada yang berubah"):
        propose(first, at, asked(city, 6))
    third = account("petugas.tiga", at)
    one, two = propose(first, at, asked(city, 7)), propose(third, at, asked(city, 7))
    approve(second, at, one)
    with pytest.raises(Refused, match="Tidak ada yang berubah"):
        approve(second, at, two)
    assert models.Proposal.objects.get(uid=two).state == "waiting"


def test_one_key_is_one_proposal(city: SmallCity, officers: tuple[Actor, Actor], at: datetime) -> None:
    first, second = officers
    values = {"name": "Seksi Arsip", "kind": "section", "parent": "dinkes", "is_opd": False}
    act = Asked(ActKind.UNIT_NEW, city.units["dinkes"], ON, values)
    key = propose(first, at, act)
    propose(first, at, act, key)
    assert models.Proposal.objects.count() == 1
    approve(second, at, key)
    propose(first, at, act, key)
    assert models.Proposal.objects.count() == 1
    assert list(models.Unit.objects.filter(code__startswith="seksi").values_list("code", flat=True)) == [
        "seksi_arsip"
    ]
    with pytest.raises(ProposalNotFound):
        propose(second, at, act, key)


def test_the_same_act_that_waits_is_that_one(
    city: SmallCity, officers: tuple[Actor, Actor], at: datetime
) -> None:
    first, second = officers

    def sent(actor: Actor, act: Asked) -> services.Proposed:
        seen = services.preview_act(actor=actor, at=at, asked=act).mark
        return services.propose_act(actor=actor, at=at, asked=act, told=WHY, seen=seen, key=uuid7(at))

    one, two = sent(first, asked(city)), sent(first, asked(city))
    assert (two.uid, one.fresh, two.fresh) == (one.uid, True, False)
    assert kinds().count("organisation.proposed") == 1
    assert sent(first, asked(city, 8)).fresh and sent(second, asked(city)).fresh
    services.withdraw_proposal(actor=first, at=at, proposal=one.uid)
    assert sent(first, asked(city)).fresh


def test_what_people_write_is_erasable_wherever_it_stands(
    city: SmallCity, officers: tuple[Actor, Actor], at: datetime
) -> None:
    first, second = officers
    seat, why = city.seats["kel_satu.data"], "Pemangkunya sakit jiwa"
    approve(
        second, at, propose(first, at, Asked(ActKind.SEAT_FREEZE, seat, ON, {"note": why, "until": None}))
    )
    post = str(city.posts["Pengelola Data"])
    more = {"post": post, "count": 1, "job_class": 6, "is_head": False, "note": why}
    approve(second, at, propose(first, at, Asked(ActKind.SEATS_NEW, city.units["kel_satu"], ON, more)))
    plan = {"seats": [{"seat": str(city.seats["kel_satu.data"]), "unit": "kec_utara", "note": why}]}
    services.draft_reorganisation(actor=first, at=at, title="Penataan", on=date(2027, 2, 1), plan=plan)
    told = {row.kind: row for row in Intake.objects.order_by("id")}
    for kind in ("proposed", "approved", "seat_changed", "seats_created", "reorganisation_drafted"):
        row = told[f"organisation.{kind}"]
        assert why not in row.body and '"notes":' in row.body, kind
    event = events.UnitChanged(seat, "kel_satu", ON, {"name": "Kelurahan"}, why)
    assert "reason" not in event.public() and event.personal() == {"reason": why}


def test_a_reason_is_asked_for(city: SmallCity, officers: tuple[Actor, Actor], at: datetime) -> None:
    seen = services.preview_act(actor=officers[0], at=at, asked=asked(city)).mark
    with pytest.raises(Refused, match="Alasan belum diisi"):
        services.propose_act(
            actor=officers[0], at=at, asked=asked(city), told=Told(" "), seen=seen, key=uuid7(at)
        )


def test_only_those_decide_in_whose_part_it_lies(
    city: SmallCity, officers: tuple[Actor, Actor], at: datetime
) -> None:
    first, _ = officers
    here, elsewhere = account("kecamatan", at, "kec_utara"), account("dinkes", at, "dinkes")
    uid = propose(first, at, asked(city))
    with pytest.raises(ProposalNotFound):
        services.approve_proposal(actor=elsewhere, at=at, proposal=uid, seen="")
    with pytest.raises(NotAllowed, match="akun Anda sendiri"):
        services.approve_proposal(actor=Actor.operator("uji", TODAY), at=at, proposal=uid, seen="")
    assert [queries.count_to_decide(actor=actor) for actor in (first, here, elsewhere)] == [0, 1, 0]
    assert [row.uid for row in queries.list_proposals(actor=here).rows] == [uid]
    assert list(queries.list_proposals(actor=elsewhere).rows) == []
    approve(here, at, uid)
    assert class_of(city) == 7


def test_an_office_approves_nothing_that_leads_out_of_it(
    city: SmallCity, officers: tuple[Actor, Actor], at: datetime
) -> None:
    first, _ = officers
    here = account("kecamatan", at, "kec_utara")
    values = {"superior": str(city.seats["setda.head"])}
    uid = propose(first, at, Asked(ActKind.SEAT_LINE, city.seats["kel_satu.data"], ON, values))
    with pytest.raises(Refused, match="di luar wewenang"):
        approve(here, at, uid)


def test_nobody_decides_on_his_own_seat(city: SmallCity, officers: tuple[Actor, Actor], at: datetime) -> None:
    first, second = officers
    uid = propose(first, at, asked(city))
    holder = replace(second, seats=(city.seat_ids["kel_satu.data"],))
    with pytest.raises(NotAllowed, match="Anda pangku sendiri"):
        services.approve_proposal(actor=holder, at=at, proposal=uid, seen="")
    with pytest.raises(NotAllowed, match="Anda pangku sendiri"):
        services.refuse_proposal(actor=holder, at=at, proposal=uid, answer="Tidak.")
    assert queries.count_to_decide(actor=holder) == 0


EACH: dict[ActKind, tuple[str, dict[str, Any]]] = {
    ActKind.UNIT_CHANGE: ("unit kel_satu", {"name": "Kelurahan Kesatu"}),
    ActKind.UNIT_NEW: (
        "unit kec_utara", {"name": "Kelurahan Tiga", "kind": "ward", "parent": "kec_utara", "is_opd": False}
    ),
    ActKind.SEAT_CLASS: ("seat kel_satu.data", {"job_class": 7, "note": "Naik"}),
    ActKind.SEAT_LINE: ("seat kel_satu.data", {"superior": None}),
    ActKind.SEAT_FREEZE: ("seat kel_satu.data", {"note": "Moratorium", "until": "2027-06-01"}),
    ActKind.SEAT_CLOSE: ("seat kel_satu.data", {}),
    ActKind.SEAT_RESCIND: ("seat kel_satu.data", {}),
}  # fmt: skip


@pytest.mark.parametrize("kind", EACH)
def test_each_act_is_previewed_proposed_and_carried_out(
    kind: ActKind, city: SmallCity, officers: tuple[Actor, Actor], at: datetime
) -> None:
    first, second = officers
    where, values = EACH[kind]
    sort, key = where.split()
    subject = city.units[key] if sort == "unit" else city.seats[key]
    act = Asked(kind, subject, ON, values)
    preview = services.preview_act(actor=first, at=at, asked=act)
    assert not preview.nothing and not preview.blocked
    approve(second, at, propose(first, at, act))
    assert models.Proposal.objects.get().state == "applied"
    again = services.preview_act(actor=first, at=at, asked=act)
    assert again.nothing or again.blocked or kind is ActKind.UNIT_NEW


def test_needs_seats_and_ends_of_units_go_the_same_way(
    city: SmallCity, officers: tuple[Actor, Actor], at: datetime
) -> None:
    first, second = officers

    def done(act: ActKind, subject: UUID, /, **values: Any) -> None:
        approve(second, at, propose(first, at, Asked(act, subject, ON, values)))

    post = str(city.posts["Pengelola Data"])
    done(ActKind.UNIT_NEEDS, city.units["kel_satu"], **{post: 4})
    assert models.Workload.objects.known().get().needed == 4
    values = {"name": "Kelurahan Tiga", "kind": "ward", "parent": "kec_utara", "is_opd": False}
    done(ActKind.UNIT_NEW, city.units["kec_utara"], **values)
    made = models.Unit.objects.get(code="kelurahan_tiga")
    done(ActKind.SEATS_NEW, made.uid, post=post, count=2, job_class=6, is_head=False, note="")
    seats = models.SeatRow.objects.known().filter(unit=made)
    assert seats.count() == 2
    for seat in list(seats):
        done(ActKind.SEAT_RESCIND, seat.seat.uid)
    assert not seats.all().exists()
    done(ActKind.UNIT_RESCIND, made.uid)
    assert not models.UnitRow.objects.known().filter(unit=made).exists()


def test_a_freeze_is_lifted_by_two(city: SmallCity, officers: tuple[Actor, Actor], at: datetime) -> None:
    first, second = officers
    seat = city.seats["kel_satu.data"]
    for kind, values in (
        (ActKind.SEAT_FREEZE, {"note": "Moratorium", "until": None}), (ActKind.SEAT_UNFREEZE, {}),
    ):  # fmt: skip
        approve(second, at, propose(first, at, Asked(kind, seat, ON, values)))
    row = models.SeatRow.objects.as_of(ON).get(seat__uid=seat)
    assert (row.frozen, row.note) == (False, "")


def test_what_two_adopted_one_does_not_withdraw(
    city: SmallCity, officers: tuple[Actor, Actor], at: datetime
) -> None:
    first, second = officers
    plan = {"steps": [{"step": "rename", "old": ["kel_satu"], "unit": {"name": "Kelurahan Kesatu"}}]}
    uid = services.draft_reorganisation(actor=first, at=at, title="Penataan", on=ON, plan=plan)
    services.adopt_reorganisation(actor=second, at=at, reorganisation=uid)
    with pytest.raises(WrongState):
        services.withdraw_draft(actor=first, at=at, reorganisation=uid)
    values = {"reorganisation": str(uid)}
    proposal = propose(first, at, Asked(ActKind.REORGANISATION_WITHDRAW, city.units["kota"], ON, values))
    name = models.UnitRow.objects.as_of(ON).filter(unit__code="kel_satu").values_list("name", flat=True)
    assert name.get() == "Kelurahan Kesatu"
    approve(second, at, proposal)
    assert name.get() == "Kelurahan Satu"
    with pytest.raises(Refused, match="dibatalkan"):
        propose(first, at, Asked(ActKind.REORGANISATION_WITHDRAW, city.units["kota"], ON, values))
