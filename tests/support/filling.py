"""A vacancy of the small city from its opening to its order, by the services, with all who take part.

``above`` (the secretary) chairs the panel, ``chief`` and ``p1`` to ``p3`` sit beside him; ``c1`` to ``c5``
can apply: all meet the conditions but ``c5``, who has no diploma of the level. ``nurul`` is the secretariat,
``mayor`` signs, ``retno`` inspects.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from pamong.access import services as accounts
from pamong.access.models import User
from pamong.decisions.choices import Answer, State
from pamong.decisions.models import Decision, GateRow
from pamong.decisions.services import Entered
from pamong.decisions.services.answering import Given as Said
from pamong.decisions.services.answering import answer
from pamong.kernel.actor import Actor
from pamong.ledger import services as ledger
from pamong.ledger.choices import SealKind
from pamong.merit import models, services
from pamong.merit.services import Given
from pamong.merit.services.proposing import Member
from pamong.organisation import models as org
from pamong.people import models as people
from pamong.performance.models import Predicate
from tests.support.city import FROM, add_person, since
from tests.support.deciding import WHY, Desk
from tests.support.people import AT, TODAY, opening_basis

CLOSES, CLOSED, NEEDED = date(2026, 11, 26), date(2026, 11, 27), date(2026, 12, 15)
PANEL = ("above", "chief", "p1", "p2", "p3")
CANDIDATES = ("c1", "c2", "c3", "c4", "c5")
ELEMENTS = (
    {"code": "paper", "title": "Makalah", "weight": 20},
    {"code": "assessment", "title": "Uji kompetensi", "weight": 25},
    {"code": "interview", "title": "Wawancara", "weight": 35},
    {"code": "track_record", "title": "Rekam jejak", "weight": 20},
)
_NAMES = {
    "p1": ("Damianus Lerebulan", "L"), "p2": ("Hapsari Winarni", "P"), "p3": ("Yusril Tahir", "L"),
    "c1": ("Anggreni Saraswati", "P"), "c2": ("Bonifasius Ledo", "L"), "c3": ("Citra Mahadewi", "P"),
    "c4": ("Dominggus Rumbiak", "L"), "c5": ("Endah Lestari", "P"),
}  # fmt: skip


def instant(on: date) -> datetime:
    """The morning of a day."""
    return AT + (on - TODAY)


@dataclass
class Filling:
    """The city with a seat to be filled."""

    desk: Desk
    seat: UUID
    unit: str = "dinkes"
    keys: dict[str, UUID] = field(default_factory=dict)

    def actor(self, who: str, on: date = TODAY) -> Actor:
        """Who acts."""
        return self.desk.actor(who, on)

    def who(self, who: str, on: date = TODAY) -> dict[str, Any]:
        """The arguments with which a service begins."""
        return {"actor": self.actor(who, on), "at": instant(on)}

    def person(self, who: str) -> int:
        """The id of a person."""
        return self.desk.people.city.ids[who]

    def asked(self, **more: Any) -> Mapping[str, Any]:
        """What the form of an opening says."""
        usual = {
            "seat": str(self.seat), "needed_on": NEEDED.isoformat(), "closes_on": CLOSES.isoformat(),
            "names": 3, "elements": list(ELEMENTS),
        }  # fmt: skip
        return usual | more

    def sign(self, who: str, decision: UUID, on: date = TODAY, **more: Any) -> State:
        """Answer with a reason for each gate that asks for one."""
        said = Said(more.pop("answer", Answer.AGREE), more.pop("reason", ""), _Every(any="alasan"), **more)
        return answer(actor=self.actor(who, on), at=instant(on), decision=decision, given=said)

    def open(self, **more: Any) -> models.Vacancy:
        """A vacancy that the mayor has opened."""
        done = services.propose_vacancy(**self.who("nurul"), key=uuid4(), asked=self.asked(**more))
        self.sign("above", done.uid)
        self.sign("mayor", done.uid)
        return models.Vacancy.objects.get(decision=done.uid)

    def members(self, *who: str, chair: str = "above") -> list[Member]:
        """Members by their keys."""
        return [Member(self.actor_uid(each), chair=each == chair, no_party=True) for each in (who or PANEL)]

    def actor_uid(self, who: str) -> UUID:
        """The uid of an account."""
        return User.objects.get(username=self.desk.accounts.get(who, who)).uid

    def panel(self, vacancy: models.Vacancy, *who: str, on: date = TODAY, chair: str = "above") -> Entered:
        """A panel that the mayor has appointed."""
        done = services.propose_panel(
            **self.who("nurul", on), key=uuid4(), vacancy=vacancy.uid, members=self.members(*who, chair=chair)
        )
        self.sign(self.verifier(*who), done.uid, on)
        self.sign("mayor", done.uid, on)
        return done

    def verifier(self, *who: str) -> str:
        """Who looks at a panel: the secretary, unless he is to sit on it; then a second officer."""
        return "wahyu" if "above" in (who or PANEL) else "above"

    def announced(self, **more: Any) -> models.Vacancy:
        """One that is announced."""
        vacancy = self.open(**more)
        self.panel(vacancy)
        services.announce(**self.who("nurul"), vacancy=vacancy.uid)
        return vacancy

    def apply(self, vacancy: models.Vacancy, who: str, on: date = TODAY) -> services.Applied:
        """Somebody applies."""
        return services.apply(**self.who(who, on), vacancy=vacancy.uid)

    def closed(self, *who: str) -> models.Vacancy:
        """One whose applications are closed."""
        vacancy = self.announced()
        for each in who or CANDIDATES[:4]:
            self.apply(vacancy, each)
        services.close_applications(**self.who("nurul", CLOSED), vacancy=vacancy.uid)
        return vacancy

    def sit(self, vacancy: models.Vacancy, *who: str, on: date = CLOSED) -> None:
        """Members say that they are there."""
        for each in who or PANEL:
            services.declare_present(**self.who(each, on), vacancy=vacancy.uid)

    def sheet(
        self, vacancy: models.Vacancy, best: int = 9000, bump: int = 0, less: int = 1000
    ) -> list[Given]:
        """Scores of all applicants in all elements: each ten points below the one before, or ``less``."""
        rows = vacancy.applications.order_by("id")
        return [
            Given(row.uid, each["code"], best - less * place + bump)
            for place, row in enumerate(rows) for each in ELEMENTS
        ]  # fmt: skip

    def score(self, vacancy: models.Vacancy, *who: str, on: date = CLOSED, less: int = 1000) -> None:
        """Members hand in their sheets, each a little different."""
        for number, each in enumerate(who or PANEL):
            services.give_scores(
                **self.who(each, on), vacancy=vacancy.uid,
                scores=self.sheet(vacancy, bump=10 * number, less=less),
            )  # fmt: skip

    def scored(self, *who: str, less: int = 1000) -> models.Vacancy:
        """One whose scores are open."""
        vacancy = self.closed(*who)
        self.sit(vacancy)
        self.score(vacancy, less=less)
        services.open_scores(**self.who("above", CLOSED), vacancy=vacancy.uid)
        return vacancy

    def lock(self, vacancy: models.Vacancy, on: date = CLOSED) -> UUID:
        """The result is put before the chair, who signs it."""
        done = services.propose_lock(**self.who("nurul", on), key=uuid4(), vacancy=vacancy.uid)
        self.sign("above", done.uid, on)
        return done.uid

    def locked(self, *who: str, less: int = 1000) -> models.Vacancy:
        """One whose names are locked."""
        vacancy = self.scored(*who, less=less)
        self.lock(vacancy)
        return vacancy

    def put(self, vacancy: models.Vacancy, on: date = CLOSED, weighed: bool = True, **more: Any) -> UUID:
        """The names are put before the mayor; the secretary has weighed them."""
        done = services.propose_appointment(**self.who("nurul", on), key=uuid4(), vacancy=vacancy.uid, **more)
        if weighed:
            self.sign("above", done.uid, on)
        return done.uid

    def choose(self, decision: UUID, who: str, on: date = CLOSED, **more: Any) -> State:
        """The mayor takes somebody: the one who is named by agreeing, any other by a change."""
        content = Decision.objects.get(uid=decision).content
        taken = self.application(UUID(content["vacancy"]), who)
        if str(taken.uid) == content["application"]:
            return self.sign("mayor", decision, on, **more)
        change = {**content, "application": str(taken.uid)}
        given = {"answer": Answer.CHANGE, "reason": WHY, "change": change} | more
        return self.sign("mayor", decision, on, **given)

    def beside(self) -> Filling:
        """The same with another vacant seat of the kind."""
        basis = opening_basis()
        with transaction.atomic():
            unit, post = org.Unit.objects.get(code=self.unit), org.Post.objects.get(kind="pengawas")
            return replace(self, seat=_seat(unit, post, basis).uid)

    def application(self, vacancy: UUID, who: str) -> models.Application:
        """Somebody's application."""
        return models.Application.objects.get(vacancy__uid=vacancy, person_id=self.person(who))

    def gates(self, decision: UUID) -> dict[str, str]:
        """What the gates of a decision said when it was proposed."""
        rows = GateRow.objects.filter(decision__uid=decision, stage="proposed")
        return dict(rows.values_list("code", "verdict"))

    def relate(self, one: str, other: str) -> None:
        """Somebody declares another as a sibling."""
        people.Relative.objects.create(
            person_id=self.person(one), relation="sibling", name="Saudara", relative_id=self.person(other),
            period=since(date(2020, 1, 1)), basis_id=opening_basis(),
        )  # fmt: skip

    def moves(self, who: str, on: date) -> None:
        """Somebody moves into another seat of his work on a day."""
        basis, row = (
            opening_basis(),
            people.Appointment.objects.get(
                person_id=self.person(who), superseded_at__isnull=True, period__endswith__isnull=True
            ),
        )
        seat = _seat(org.Unit.objects.get(code="dinkes"), org.Post.objects.get(name="Pengolah Data"), basis)
        people.Appointment.objects.filter(pk=row.pk).update(superseded_at=AT, superseded_basis=basis)
        for taken, period in ((row.seat, since(row.period.lower, on)), (seat, since(on))):
            people.Appointment.objects.create(
                person_id=row.person_id, kind="regular", seat=taken, period=period, basis_id=basis,
                supersedes=row,
            )  # fmt: skip

    def leaves(self, who: str, on: date, reason: str) -> None:
        """Somebody's service ends on a day, with his post."""
        basis = opening_basis()
        for model, more in ((people.Appointment, {}), (people.Employment, {"end_reason": reason})):
            row = model.objects.get(person_id=self.person(who), superseded_at__isnull=True)
            values = {name: getattr(row, name) for name in row.facts} | more
            kept = {name: getattr(row, name) for name in row.key if name != "person_id"}
            model.objects.filter(pk=row.pk).update(superseded_at=AT, superseded_basis=basis)
            model.objects.create(
                person_id=self.person(who), period=since(row.period.lower, on), basis_id=basis,
                supersedes=row, **kept, **values,
            )  # fmt: skip


class _Every(dict[str, str]):
    """A reason for whatever asks for one."""

    def get(self, code: str, default: Any = None) -> str:  # type: ignore[override]
        """Why, for any gate."""
        return WHY


@transaction.atomic
def filling_of(desk: Desk, post_name: str = "Kepala Seksi Pelayanan", unit: str = "dinkes") -> Filling:
    """Add the seat (a post of this name in this unit), the members and the candidates to the city."""
    basis = opening_basis()
    dinkes = org.Unit.objects.get(code="dinkes")
    post = org.Post.objects.create(name=post_name, kind="pengawas", jenjang="", eselon="IV.a")
    seat = _seat(org.Unit.objects.get(code=unit), post, basis)
    work = org.Post.objects.create(name="Pengolah Data", kind="pelaksana", jenjang="", eselon="")
    for number, (who, (name, sex)) in enumerate(_NAMES.items()):
        born, began = date(1980 + number, 3, 4 + number), date(2008, 3, 1)
        _account(who, name)
        person = add_person((name, sex, born, began, "III/c", who), basis, seat=_seat(dinkes, work, basis))
        desk.people.city.ids[who], desk.people.city.persons[who] = person.pk, person.uid
        _qualify(person, who, basis)
    return Filling(desk, seat.uid, unit)


def _account(who: str, name: str) -> None:
    operator = Actor.operator("uji", TODAY)
    accounts.create_user(actor=operator, at=AT, username=who, display_name=name, password=None)


def _seat(unit: org.Unit, post: org.Post, basis: int) -> org.Seat:
    seat = org.Seat.objects.create()
    org.SeatRow.objects.create(
        seat=seat, unit=unit, post=post, job_class=9, is_head=False, period=since(FROM), basis_id=basis
    )
    return seat


def _qualify(person: people.Person, who: str, basis: int) -> None:
    """A diploma that somebody looked at, two years of good work, an address of one's own."""
    level = "SMA" if who == "c5" else "S-1"
    diploma = people.Education.objects.create(
        person=person, level=level, programme="Administrasi", school="Universitas Uji", graduated_year=2007,
        period=since(date(2008, 3, 1)), basis_id=basis,
    )  # fmt: skip
    officer = User.objects.get(username="wahyu")
    people.Check.objects.create(
        person=person, subject=diploma.item, outcome="verified", how="Dilihat aslinya", by=officer,
        by_name="Wahyu",
    )  # fmt: skip
    contact = people.Contact.objects.get(person=person, superseded_at__isnull=True)
    people.Contact.objects.filter(pk=contact.pk).update(superseded_at=AT, superseded_basis=basis)
    people.Contact.objects.create(
        person=person, address=f"Jl. Karangan No. {person.pk}", period=since(FROM), basis_id=basis,
        supersedes=contact,
    )  # fmt: skip
    for year in (2024, 2025):
        rate(person, year, officer)


def rate(person: people.Person, year: int, officer: User, word: str = "baik") -> None:
    """The predicate of somebody's year, verified."""
    other = User.objects.get(username="ratih")
    uid = uuid4()
    basis = ledger.seal(actor=Actor.operator("uji", TODAY), kind=SealKind.OFFICE_ENTRY, ref=uid)
    Predicate.objects.create(
        document=uid, person=person, year=year, predicate=word, number=f"PK/{year}",
        dated_on=date(year + 1, 1, 20), state="verified", entered_by=officer, entered_name="Wahyu",
        decided_by=other, decided_name="Ratih", decided_at=datetime(2026, 2, 1, tzinfo=UTC), basis_id=basis,
    )  # fmt: skip
