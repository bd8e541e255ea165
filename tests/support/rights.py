"""The small city for rights over objects: who asks, and about whom.

Everybody who asks sits in the health office, so that what he may do follows from his role and from nothing
else. About whom is asked: himself, the nurse of the puskesmas below, his superior above, somebody of the
education office, and those who are gone: one who has retired and one who has died.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.test import Client, override_settings
from pytest_django.plugin import DjangoDbBlocker

from pamong.access import clock
from pamong.access import queries as access
from pamong.access import services as accounts
from pamong.access.models import User
from pamong.access.roles import GRANTABLE, HELD
from pamong.kernel.actor import Actor
from pamong.kernel.ids import uuid7
from pamong.ledger import services as ledger
from pamong.ledger.choices import Act, SealKind
from pamong.organisation import models as org
from pamong.organisation import services as organisation
from pamong.people import models as people
from pamong.people import services
from tests.support.city import FROM, PERSONS, City, add_person, build_city, nip_of, since
from tests.support.corrections import open_correction, open_outage, open_sheet
from tests.support.databases import Cluster, django_at
from tests.support.desk import PDF, build_desk, propose_erasure, shift_of
from tests.support.due import due_about
from tests.support.filed import leaves_of, letters_of, list_of, muster_of, permit_of
from tests.support.matters import matters
from tests.support.month import MORNING, TODAY, make_month
from tests.support.ordered import order_about
from tests.support.owed import build_owed
from tests.support.paylists import build_pay_lists
from tests.support.selections import announced

Facts = tuple[str, str, date, date, str, str]
GONE_ON = date(2026, 3, 1)
STRANGER, OFFICE, GONE, THIRD = "", "office_officer", "gone", "third"
# Officers of the whole government, of one office, and one who left service yesterday with his role open.
SUBJECTS = (*HELD, OFFICE, GONE)
SERVED = date(2026, 2, 2)
# Roles given by hand, and the seat that made a superior: each ended yesterday, its holder still in service.
ENDED_ROLES = tuple(f"was_{role}" for role in ("superior", *GRANTABLE))
_KEYS = {"employee": "own", "superior": "chief", "unit_clerk": "clerk"}
_OTHERS = ("mate", "above", "foreign", "ended")
_NAMES = (
    "Rizal Panggabean", "Ratna Kusumawati", "Made Arsana", "Kartika Lestari", "Hendra Sitompul",
    "Nurul Hidayah", "Wahyu Pratama", "Agnes Bulan", "Dorce Rumbewas", "Fitri Handayani", "Gilang Ramadan",
    "Ina Soselisa", "Joko Susilo", "Lina Marlina", "Magdalena Wenda", "Nyoman Artawan",
)  # fmt: skip


@dataclass(frozen=True)
class Rights:
    """Where it stands, and its objects: by sort, then by key of the person (or unit) that each is about."""

    database: str
    files: Path
    objects: dict[str, dict[str, Any]]
    names: dict[str, str]
    nips: dict[str, str]
    clients: dict[str, Client]


def key_of(subject: str) -> str:
    """The key of the person behind an account; a stranger asks as if he were the employee."""
    return _KEYS.get(subject or "employee", subject)


def keys_of(subject: str, kind: str, of: str) -> tuple[str, ...]:
    """The keys of the objects of a sort that are of one kind to this subject."""
    if of in (
        "unit",
        "proposal",
        "muster",
        "pay_list",
        "pay_file",
        "budget",
        "outage",
        "outage_file",
        "shift",
    ):
        return {"O": ("dinkes",), "B": ("pkm_melati",), "A": ("kota",), "F": ("disdik",), "E": ("pasar",)}[
            kind
        ]
    chief = "above" if subject == "superior" or of in ("account", "grant", "link") else "chief"
    ended = ("ended",) if of in ("account", "grant", "link", "seat") else ("ended", "died")
    return {"O": (key_of(subject),), "B": ("mate",), "A": (chief,), "F": ("foreign",), "E": ended}[kind]


@pytest.fixture(scope="session")
def rights_once(
    postgres: Cluster,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Rights]:
    """Build it once a session."""
    name = f"pamong_rights_{uuid4().hex[:8]}"
    folder = tmp_path_factory.mktemp("files")
    postgres.clone(name)
    with (
        django_at(postgres.server.url("app", name)),
        django_db_blocker.unblock(),
        override_settings(PAMONG_FILES_ROOT=folder),
    ):
        rights = _build(name, folder)
    yield rights
    postgres.drop(name)


@pytest.fixture
def rights(
    rights_once: Rights,
    postgres: Cluster,
    django_db_blocker: DjangoDbBlocker,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Rights]:
    """Lead this test to that database, on the morning of the demo's day."""
    monkeypatch.setattr(clock, "now", lambda: MORNING)
    with (
        django_at(postgres.server.url("app", rights_once.database)),
        django_db_blocker.unblock(),
        override_settings(PAMONG_FILES_ROOT=rights_once.files),
    ):
        yield rights_once


_WHOLE = ("batch", "draft", "month_sheet", "device", "machine_group")


def _build(database: str, files: Path) -> Rights:
    operator = Actor.operator("uji", TODAY)
    with transaction.atomic():
        _accounts(operator)
        city = build_city(TODAY)
        facts = PERSONS | _staff(operator, city)
        _more(operator, city, facts)
        desk = build_desk(city)
        entries, evidence = _entries(city)
        presence = _of_presence(city, desk)
    nips = {key: nip_of(*each[1:4]) for key, each in facts.items()}
    who = [(nips[key], f"{5000 + n}", each[0], "TPP") for n, (key, each) in enumerate(facts.items())]
    month = make_month(operator, who=who)
    grants = _grants(operator)
    objects: dict[str, dict[str, Any]] = {
        "person": city.persons, "unit": city.units, "seat": city.seats, "entry": entries,
        "erasure": _erasures(city, nips) | {"own": desk["erasure"]},
        **matters(city.ids, THIRD, "inspector"),
        "proposal": _proposals(),
        **build_pay_lists(city.ids["mate"]),
        **_papers(city),
        "evidence": evidence,
        **_decided(city, desk["kgb_due"]),
        **presence,
        "slip": {key: month.slips[each[0]] for key, each in facts.items()},
        **build_owed({key: month.slips[each[0]] for key, each in facts.items()}),
        "account": _account_names(),
        "post": {"dinkes": org.Post.objects.get(name="Analis Uji").uid},
        "link": {key: User.objects.get(username=name).uid for key, name in _account_names().items()},
        # Who was given no role has none that could be ended: somebody else's stands in for it.
        "grant": {key: grants.get(key, grants["mate"]) for key in _account_names()},
        "whole": {
            **{name: desk[name] for name in _WHOLE}, "run": month.run, "comparison": month.comparison,
            "list": list_of(city, "own", THIRD), "vacancy": announced().uid,
        },
    }  # fmt: skip
    return Rights(database, files, objects, {key: each[0] for key, each in facts.items()}, nips, _clients())


def _erasures(city: City, nips: dict[str, str]) -> dict[str, UUID]:
    return {key: propose_erasure(nips[key], THIRD) for key in city.persons if key != "own"}


def _grants(operator: Actor) -> dict[str, tuple[str, UUID]]:
    """The account and a role of each who has one."""
    found = {
        key: (username, access.list_grants(actor=operator, username=username))
        for key, username in _account_names().items()
    }
    return {key: (username, given[0].uid) for key, (username, given) in found.items() if given}


def _account_names() -> dict[str, str]:
    """The accounts by the keys of the persons behind them."""
    return {key_of(each): each for each in (*SUBJECTS, *ENDED_ROLES)} | {each: each for each in _OTHERS}


def _accounts(operator: Actor) -> None:
    """An account for each, with the role that it is about."""
    for username in (*_account_names().values(), THIRD):
        accounts.create_user(
            actor=operator, at=MORNING, username=username, display_name=f"Akun {username}", password=None
        )
    roles = {role: (role, "", None) for role in GRANTABLE} | {
        "unit_clerk": ("unit_clerk", "dinkes", None),
        OFFICE: ("personnel_officer", "dinkes", None),
        GONE: ("personnel_officer", "", None),
        THIRD: ("personnel_officer", "", None),
        **{f"was_{role}": (role, "dinkes" if role == "unit_clerk" else "", TODAY) for role in GRANTABLE},
        **dict.fromkeys(_OTHERS, ("pay_auditor", "", None)),
    }
    for username, (role, unit, end) in roles.items():
        accounts.grant_role(
            actor=operator, at=MORNING, username=username, role=role, unit_path=unit,
            start_on=date(2026, 1, 1), end_on=end, reason="uji",
        )  # fmt: skip


def _staff(operator: Actor, city: City) -> dict[str, Facts]:
    """Persons and seats in the health office for those who are not in the small city itself."""
    subjects = [each for each in (*SUBJECTS, *ENDED_ROLES) if each not in _KEYS]
    post = organisation.create_post(actor=operator, at=MORNING, name="Analis Uji", kind="pelaksana")
    made = organisation.create_seats(
        actor=operator, at=MORNING, on=FROM, unit=city.units["dinkes"], post=post, count=len(subjects) - 1,
        job_class=7,
    )  # fmt: skip
    lead = organisation.create_post(actor=operator, at=MORNING, name="Kepala Puskesmas", kind="pengawas")
    made += organisation.create_seats(
        actor=operator, at=MORNING, on=FROM, unit=city.units["pkm_melati"], post=lead, job_class=9,
        is_head=True,
    )  # fmt: skip
    basis = ledger.seal(actor=operator, kind=SealKind.OPENING, ref=uuid7(MORNING))
    found: dict[str, Facts] = {}
    subjects.sort(key="was_superior".__eq__)  # his is the last seat
    for number, (username, name, seat) in enumerate(zip(subjects, _NAMES, made, strict=False)):
        born, since_ = date(1980 + number, 4, 5 + number), date(2006 + number % 14, 3, 1)
        found[username] = (name, "PL"[number % 2], born, since_, "III/c", username)
        city.seats[username] = seat
        ended = (TODAY, "retired") if username == GONE else None
        own = None if username == "was_superior" else org.Seat.objects.get(uid=seat)
        person = add_person(found[username], basis, seat=own, end=ended)
        city.persons[username], city.ids[username] = person.uid, person.pk
    people.Appointment.objects.create(
        person_id=city.ids["was_superior"], kind="regular", seat=org.Seat.objects.get(uid=made[-1]),
        period=since(date(2020, 1, 2), TODAY), basis_id=basis,
    )  # fmt: skip
    return found


def _more(operator: Actor, city: City, facts: dict[str, Facts]) -> None:
    """Who has died, accounts for the others, and a unit with a seat that stand no more."""
    for key in _OTHERS:
        people.Person.objects.filter(pk=city.ids[key]).update(user=User.objects.get(username=key))
    basis = ledger.seal(actor=operator, kind=SealKind.OPENING, ref=uuid7(MORNING))
    facts["died"] = ("Petrus Lamawuran", "L", date(1975, 7, 7), date(2001, 3, 1), "III/d", "")
    died = add_person(facts["died"], basis, end=(GONE_ON, "died"))
    city.persons["died"], city.ids["died"] = died.uid, died.pk
    city.units["pasar"] = organisation.create_unit(
        actor=operator, at=MORNING, code="pasar", on=FROM,
        values={"name": "Dinas Pasar", "kind": "opd", "parent": "kota", "is_opd": True},
    )  # fmt: skip
    post = organisation.create_post(actor=operator, at=MORNING, name="Penata Pasar", kind="pelaksana")
    (city.seats["ended"],) = organisation.create_seats(
        actor=operator, at=MORNING, on=FROM, unit=city.units["pasar"], post=post, job_class=5
    )
    organisation.close_seat(actor=operator, at=MORNING, seat=city.seats["ended"], on=GONE_ON)
    organisation.close_unit(actor=operator, at=MORNING, unit=city.units["pasar"], on=GONE_ON)


def _entries(city: City) -> tuple[dict[str, UUID], dict[str, UUID]]:
    """An entry about each, with evidence: entered by himself, of the dead by an officer."""
    entries: dict[str, UUID] = {}
    evidence: dict[str, UUID] = {}
    named = _account_names()
    for key, person in city.persons.items():
        actor = access.named_actor(named.get(key, THIRD), TODAY)
        evidence[key] = services.add_evidence(
            actor=actor, at=MORNING, person=person, title="Kartu keluarga", name="kk.pdf", data=PDF
        )
        entries[key] = services.enter(
            actor=actor, at=MORNING, person=person, subject="contact", act=Act.CHANGE, on=TODAY,
            values={"address": "Jl. Melati No. 12, Kota Uji", "phone": "0812 3456 7890"},
            reason="Pindah rumah", evidence=[evidence[key]],
        ).uid  # fmt: skip
    return entries, evidence


def _corrections(city: City) -> dict[str, tuple[UUID, UUID]]:
    """An open request about a day of each, of him who has no account as if a third had sent it; on a day on
    which those were in service who are gone."""
    named = _account_names()
    return {key: open_correction(city.ids[key], named.get(key, THIRD), SERVED) for key in city.persons}


def _decided(city: City, own: UUID) -> dict[str, dict[str, Any]]:
    """An order about each, and the raise of each that stands on the list; ``own`` has his already."""
    return {
        "kgb_due": {key: own if key == "own" else due_about(who) for key, who in city.ids.items()},
        "order": {key: order_about(who, THIRD) for key, who in city.ids.items()},
    }


def _papers(city: City) -> dict[str, dict[str, UUID]]:
    """Documents about each, entered by the third officer and agreed by another than whom they are about."""
    made: dict[str, dict[str, UUID]] = {}
    for key in city.persons:
        hands = ("unit_clerk", THIRD) if key == "personnel_officer" else (THIRD, "personnel_officer")
        for sort, make in (("leave", leaves_of), ("letter", letters_of)):
            waiting, held = make(city, key, *hands)
            made.setdefault(sort, {})[key] = waiting
            made.setdefault(f"{sort}_held", {})[key] = held
        made.setdefault("permit", {})[key] = permit_of(city, key)
    units = org.Unit.objects.filter(code__in=city.units)
    return made | {"muster": {unit.code: muster_of(unit) for unit in units}}


def _of_presence(city: City, desk: dict[str, UUID]) -> dict[str, dict[str, Any]]:
    """Requests and lists about each, and outages of each unit's site, with their files."""
    sheets = {key: open_sheet(city.ids[key], THIRD) for key in city.persons if key != "mate"}
    outages = {code: open_outage(code, THIRD) for code in city.units if code != "dinkes"}
    sorts = {
        "correction": _corrections(city),
        "sheet": sheets | {"mate": (desk["sheet"], desk["sheet_photo"])},
        "outage": outages | {"dinkes": (desk["outage"], desk["outage_photo"])},
    }
    whole = {sort: {key: pair[0] for key, pair in found.items()} for sort, found in sorts.items()}
    files = {f"{sort}_file": {key: pair[1] for key, pair in found.items()} for sort, found in sorts.items()}
    operator = Actor.operator("uji", TODAY)
    shifts = {code: shift_of(operator, code) for code in city.units if code != "dinkes"}
    return {**whole, **files, "shift": shifts | {"dinkes": desk["shift"]}}


def _proposals() -> dict[str, UUID]:
    """Another name proposed for each unit."""
    units = org.Unit.objects.order_by("id")
    made = {
        unit.code: org.Proposal.objects.create(
            kind="unit_change",
            unit=unit,
            on=date(2027, 1, 4),
            values={"name": "Nama Baru"},
            reason="uji",
            proposed_by=User.objects.get(username=THIRD),
            proposed_name="Petugas ketiga",
        )
        for unit in units
    }
    return {code: proposal.uid for code, proposal in made.items()}


def _clients() -> dict[str, Client]:
    """A browser of each, signed in once; a stranger's has no session."""
    made = {STRANGER: Client()}
    for username in (*SUBJECTS, *ENDED_ROLES, THIRD):
        made[username] = Client()
        made[username].force_login(User.objects.get(username=username))
    return made
