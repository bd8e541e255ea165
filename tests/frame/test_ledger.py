"""The ledger's intake: bytes fixed for good, one transaction with the act, no way to change a row."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID

import psycopg
import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from pamong.kernel.actor import Actor
from pamong.ledger import queries, services
from pamong.ledger.choices import SealKind
from pamong.ledger.errors import EntryNotFound
from pamong.ledger.events import Event, actor_ref, commitment, entry_of
from pamong.ledger.models import Personal

GOLDEN = Path(__file__).parent / "golden" / "entry_v1.json"
REF = UUID("0199c0de-0000-7000-8000-000000000001")


@dataclass(frozen=True, slots=True)
class PostFilled(Event):
    """An example that uses every kind of value."""

    kind: ClassVar[str] = "example.post_filled"
    name: str
    amount: Any = 5_532_975

    def public(self) -> dict[str, Any]:
        return {"post": REF, "start_on": date(2026, 10, 1), "acting": False, "classes": [7, 8], "until": None}

    def personal(self) -> dict[str, Any]:
        return {"name": self.name, "amount": self.amount}

    def sentence(self) -> str:
        return "Jabatan diisi."


EXAMPLE = PostFilled("Sri Wahyuni, S.E.")


def test_the_bytes_of_an_entry_are_those_of_the_golden_file() -> None:
    """A change here would make every older proof worthless: add a new format instead."""
    salts = iter([b"\x01" * 32, b"\x02" * 32])
    actor = Actor(7, None, "Budi", (), date(2026, 11, 10))
    entry = entry_of(EXAMPLE, actor, lambda: next(salts))
    golden = json.loads(GOLDEN.read_text())
    assert entry.body.decode() == golden["body"]
    assert [opening.value.decode() for opening in entry.openings] == golden["values"]


def test_commitments_can_be_recomputed_without_our_code() -> None:
    golden = json.loads(GOLDEN.read_text())
    told = json.loads(golden["body"])["personal"]
    first, second = (value.encode() for value in golden["values"])
    assert told["amount"] == hashlib.sha256(b"\x01" * 32 + first).hexdigest()
    assert told["name"] == hashlib.sha256(b"\x02" * 32 + second).hexdigest()
    assert "Sri" not in golden["body"]
    assert "5532975" not in golden["body"]


@dataclass(frozen=True, slots=True)
class ManyMade(Event):
    """An act on very many things at once."""

    kind: ClassVar[str] = "example.many_made"
    things: tuple[UUID, ...]
    text: str = ""

    def public(self) -> dict[str, Any]:
        return {"on": date(2026, 10, 1), "things": self.things, "few": self.things[:2], "text": self.text}

    def sentence(self) -> str:
        return f"{len(self.things)} hal dibuat."


def test_an_act_on_ten_thousand_things_is_told_by_their_number_and_hash() -> None:
    """An entry has at most 65,535 bytes (C2SP tlog-tiles); what it touched is bound to the log row by row."""
    things = tuple(UUID(int=number) for number in range(10_000))
    actor = Actor(7, None, "Budi", (), date(2026, 11, 10))
    told = json.loads(entry_of(ManyMade(things), actor, lambda: b"").body)["public"]
    hashed = hashlib.sha256(json.dumps([str(thing) for thing in things], separators=(",", ":")).encode())
    assert told["things"] == {"count": 10_000, "sha256": hashed.hexdigest()}
    assert told["few"] == [str(thing) for thing in things[:2]]
    with pytest.raises(ValueError, match="at most 65535 bytes"):
        entry_of(ManyMade((), "x" * 70_000), actor, lambda: b"")


def test_an_entry_never_tells_a_name_of_who_acted() -> None:
    on = date(2026, 11, 10)
    assert actor_ref(Actor(7, 3, "Sri Wahyuni", (), on)) == "user:7"
    assert actor_ref(Actor(None, 3, "Sri Wahyuni", (), on)) == "person:3"
    assert actor_ref(Actor.operator("galih", on)) == "operator:galih"
    with pytest.raises(ValueError, match="not by a name"):
        actor_ref(Actor(None, None, "Sri Wahyuni", (), on))


def test_a_salt_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        commitment(b"short", b"value")


@pytest.mark.django_db
def test_record_keeps_the_entry_and_what_opens_it(operator: Actor) -> None:
    entry_id = services.record(actor=operator, event=EXAMPLE)
    entry = queries.get_entry(actor=operator, entry_id=entry_id)
    body = json.loads(entry.body)
    assert (entry.kind, entry.log, body["actor"]) == ("example.post_filled", "decisions", "operator:uji")
    for opening in queries.get_openings(actor=operator, entry_id=entry_id):
        assert body["personal"][opening.field] == commitment(opening.salt, opening.value)
    assert Personal.objects.filter(intake_id=entry_id).count() == 2


@pytest.mark.django_db
def test_record_many_keeps_the_order_and_draws_a_salt_for_each_field(operator: Actor) -> None:
    ids = services.record_many(actor=operator, events=(PostFilled(f"Orang {n}") for n in range(500)))
    assert ids == sorted(set(ids))
    found = [queries.get_openings(actor=operator, entry_id=entry_id) for entry_id in ids]
    names = [json.loads(one.value)["value"] for each in found for one in each if one.field == "name"]
    assert names == [f"Orang {n}" for n in range(500)]
    assert len({one.salt for each in found for one in each}) == 1000
    assert services.record_many(actor=operator, events=()) == []


@pytest.mark.django_db
def test_no_float_enters_the_log(operator: Actor) -> None:
    with pytest.raises(TypeError):
        services.record(actor=operator, event=PostFilled("Budi", amount=2.5))


@pytest.mark.django_db
def test_an_entry_that_is_not_there_is_told(operator: Actor) -> None:
    with pytest.raises(EntryNotFound, match="nomor 999999"):
        queries.get_entry(actor=operator, entry_id=999_999)


def test_record_outside_a_transaction_is_refused(committed_db: str, operator: Actor) -> None:
    before = queries.count_entries(actor=operator)
    with pytest.raises(RuntimeError, match="transaction"):
        services.record(actor=operator, event=EXAMPLE)
    assert queries.count_entries(actor=operator) == before


def test_an_act_that_fails_leaves_no_entry(committed_db: str, operator: Actor) -> None:
    before = queries.count_entries(actor=operator)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        services.record(actor=operator, event=EXAMPLE)
        raise ZeroDivisionError
    assert queries.count_entries(actor=operator) == before


@pytest.mark.django_db
def test_a_seal_is_set_once_and_told_to_the_log(operator: Actor) -> None:
    before = queries.count_entries(actor=operator)
    services.seal(actor=operator, kind=SealKind.OPENING, ref=REF)
    assert queries.count_entries(actor=operator) == before + 1
    with pytest.raises(IntegrityError, match="seal_once"), transaction.atomic():
        services.seal(actor=operator, kind=SealKind.OPENING, ref=REF)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_intake SET body = '{}'",
        "DELETE FROM ledger_intake",
        "TRUNCATE ledger_intake CASCADE",
        "UPDATE ledger_seal SET kind = 'decision'",
        "DELETE FROM ledger_seal",
        "UPDATE ledger_personal SET value = ''",
        "INSERT INTO ledger_intake (log, kind, body, at) VALUES ('decisions', 'a.b', '{}', '2020-01-01')",
        "INSERT INTO ledger_seal (kind, ref, at) VALUES ('opening', gen_random_uuid(), '2020-01-01')",
    ],
)
def test_the_application_has_no_right_to_change_or_back_date(operator: Actor, statement: str) -> None:
    services.seal(actor=operator, kind=SealKind.OPENING, ref=REF)
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize("table", ["ledger_intake", "ledger_seal"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET kind = kind", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
@pytest.mark.parametrize("role", ["owner", "superuser"])
def test_not_even_the_owner_changes_a_row(
    committed_db: str, postgres: Any, operator: Actor, table: str, statement: str, role: str
) -> None:
    with transaction.atomic():
        services.seal(actor=operator, kind=SealKind.OPENING, ref=REF)
    with psycopg.connect(postgres.server.url(role, committed_db)) as session:
        if role == "superuser":  # ordinary triggers would sleep now
            session.execute("SET session_replication_role = replica")
        with pytest.raises(psycopg.errors.RestrictViolation, match="tidak dapat diubah"):
            session.execute(statement.format(table))


@pytest.mark.django_db
def test_the_kind_of_an_entry_has_a_form() -> None:
    with (
        pytest.raises(IntegrityError, match="intake_kind_form"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("INSERT INTO ledger_intake (log, kind, body) VALUES ('decisions', 'Salah', '{}')")
