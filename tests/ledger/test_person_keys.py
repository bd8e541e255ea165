"""What opens the log is kept under the key of the person concerned, and goes with it; every proof stands."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from pamong.kernel.actor import Actor
from pamong.ledger import keyring, openings, personkeys, queries, services
from pamong.ledger.choices import ErasureGround
from pamong.ledger.errors import KeyMissing, NothingToErase, OpeningsErased, ReferenceMissing
from pamong.ledger.events import Event
from pamong.ledger.models import Erasure, Personal, PersonKey
from pamong.ledger.personkeys import Installation, Locked
from pamong.ledger.tree.merkle import leaf_hash, verify_inclusion
from tests.support.databases import Cluster

SITI, BUDI = UUID(int=1), UUID(int=2)
GROUND = services.Ground(ErasureGround.RETENTION, "JRA 800.1.11, Perwali 12/2024")


@dataclass(frozen=True, slots=True)
class Praised(Event):
    """Somebody was praised, in words that are personal."""

    kind: ClassVar[str] = "example.praised"
    who: UUID | None
    words: str
    on: date = date(2026, 10, 1)

    def public(self) -> Mapping[str, Any]:
        return {"on": self.on}

    def personal(self) -> Mapping[str, Any]:
        return {"words": self.words, "who": self.who}

    def data_subject(self) -> UUID | None:
        return self.who

    def sentence(self) -> str:
        return "Seseorang dipuji."


@pytest.fixture
def told(operator: Actor, db: None) -> dict[str, int]:
    """Two entries of Siti, one of Budi, one of nobody in particular: their ids."""
    who = {"siti 1": SITI, "budi": BUDI, "siti 2": SITI, "all": None}
    ids = services.record_many(actor=operator, events=(Praised(uid, name) for name, uid in who.items()))
    return dict(zip(who, ids, strict=True))


def read(operator: Actor, entry: int) -> dict[str, Any]:
    found = queries.get_openings(actor=operator, entry_id=entry)
    return {one.field: openings.value_of(one) for one in found}


def test_what_opens_an_entry_is_kept_sealed_and_opens_it(operator: Actor, told: dict[str, int]) -> None:
    for row in Personal.objects.all():
        assert b"siti" not in bytes(row.value) and b"words" not in bytes(row.value)
        assert len(bytes(row.salt)) == 12 + 32 + 16
    assert read(operator, told["siti 1"]) == {"words": "siti 1", "who": str(SITI)}
    body = queries.get_entry(actor=operator, entry_id=told["siti 1"]).body
    found = queries.get_openings(actor=operator, entry_id=told["siti 1"])
    assert all(openings.fits(one, openings.commitments_of(body)) for one in found)


def test_one_key_a_person_and_one_for_an_entry_of_nobody(told: dict[str, int]) -> None:
    used = {row.intake_id: row.sealed_with for row in Personal.objects.filter(field="words")}
    assert used[told["siti 1"]] == used[told["siti 2"]] != used[told["budi"]]
    assert len(set(used.values())) == PersonKey.objects.count() == 3
    assert set(PersonKey.objects.values_list("subject", flat=True)) > {SITI, BUDI}


def test_thousands_of_entries_take_a_few_statements(operator: Actor, db: None) -> None:
    people = [uuid4() for _ in range(400)]
    services.record(actor=operator, event=Praised(people[0], "dikenal"))
    events = [Praised(people[n % 400] if n % 3 else None, f"Kata {n}") for n in range(3_000)]
    with CaptureQueriesContext(connection) as asked:
        ids = services.record_many(actor=operator, events=events)
    assert len(asked) <= 4
    assert ids == sorted(ids)
    assert [read(operator, ids[n])["words"] for n in (0, 1, 2_999)] == ["Kata 0", "Kata 1", "Kata 2999"]


def test_erased_nothing_of_the_person_opens_and_everything_else_stands(
    operator: Actor, told: dict[str, int]
) -> None:
    bodies = {name: queries.get_entry(actor=operator, entry_id=entry).body for name, entry in told.items()}
    assert services.erase_person(actor=operator, subject=SITI, ground=GROUND) == 2
    for name in ("siti 1", "siti 2"):
        with pytest.raises(OpeningsErased, match=r"dihapus menurut jadwal retensi \(UU 27/2022 Pasal 44"):
            read(operator, told[name])
    assert read(operator, told["budi"])["words"] == "budi"
    assert read(operator, told["all"])["words"] == "all"
    after = {name: queries.get_entry(actor=operator, entry_id=entry).body for name, entry in told.items()}
    assert after == bodies  # the leaves, and with them every proof, are what they were


def test_the_erasure_is_told_without_a_name(operator: Actor, told: dict[str, int]) -> None:
    services.erase_person(actor=operator, subject=SITI, ground=GROUND)
    row = Erasure.objects.get()
    body = json.loads(queries.get_entry(actor=operator, entry_id=row.intake_id).body)
    assert body["kind"] == "ledger.erased"
    assert body["public"] == {
        "keys": [row.key_id], "entries": 2, "ground": "retention", "reference": GROUND.reference,
        "article": "UU 27/2022 Pasal 44 ayat (1) huruf a",
    }  # fmt: skip
    assert body["personal"] == {} and str(SITI) not in json.dumps(body)
    erased = queries.find_erased(actor=operator, subjects=[SITI, BUDI])
    assert set(erased) == {SITI} and erased[SITI].reference == GROUND.reference


def test_who_comes_back_gets_a_new_key_and_the_old_stays_shut(operator: Actor, told: dict[str, int]) -> None:
    services.erase_person(actor=operator, subject=SITI, ground=GROUND)
    new = services.record(actor=operator, event=Praised(SITI, "kembali"))
    assert read(operator, new)["words"] == "kembali"
    with pytest.raises(OpeningsErased):
        read(operator, told["siti 1"])


def test_nothing_is_erased_twice_or_without_a_ground(operator: Actor, told: dict[str, int]) -> None:
    with pytest.raises(NothingToErase):
        services.erase_person(actor=operator, subject=UUID(int=9), ground=GROUND)
    with pytest.raises(ReferenceMissing):
        services.erase_person(
            actor=operator, subject=SITI, ground=services.Ground(ErasureGround.RETENTION, " ")
        )
    assert read(operator, told["siti 1"])["words"] == "siti 1"
    spaced = services.Ground(GROUND.kind, f" {GROUND.reference} ")
    services.erase_person(actor=operator, subject=SITI, ground=spaced)
    told_as = queries.find_newest(actor=operator, log="decisions", kind="ledger.erased")
    assert told_as is not None and json.loads(told_as.body)["public"]["reference"] == GROUND.reference
    count = queries.count_entries(actor=operator)
    with pytest.raises(NothingToErase):
        services.erase_person(actor=operator, subject=SITI, ground=GROUND)
    assert queries.count_entries(actor=operator) == count


def test_an_entry_about_several_is_erased_alone(operator: Actor, told: dict[str, int]) -> None:
    assert services.erase_entries(actor=operator, entry_ids=[told["all"]], ground=GROUND) == 1
    with pytest.raises(OpeningsErased):
        read(operator, told["all"])
    with pytest.raises(ValueError, match="with the person"):
        services.erase_entries(actor=operator, entry_ids=[told["siti 1"]], ground=GROUND)


def test_a_key_taken_away_behind_the_application_is_no_erasure(
    committed_db: str, postgres: Cluster, operator: Actor
) -> None:
    with transaction.atomic():
        entry = services.record(actor=operator, event=Praised(SITI, "rahasia"))
    with psycopg.connect(postgres.server.url("superuser", committed_db)) as session:
        with pytest.raises(psycopg.errors.RestrictViolation), session.transaction():
            session.execute("DELETE FROM ledger_personkey")
        session.execute("ALTER TABLE ledger_personkey DISABLE TRIGGER ALL")
        session.execute("DELETE FROM ledger_personkey")
    with pytest.raises(KeyMissing, match="inspektorat"):
        read(operator, entry)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_personkey SET wrapped = ''",
        "INSERT INTO ledger_personkey (subject, wrapped, made_at) VALUES (gen_random_uuid(), '', now())",
        "UPDATE ledger_erasure SET reference = 'lain'",
        "DELETE FROM ledger_erasure",
        "DELETE FROM ledger_personal",
        "TRUNCATE ledger_personkey",
    ],
)
def test_the_application_has_no_other_way(told: dict[str, int], statement: str) -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_an_earlier_secret_still_opens_and_a_foreign_one_does_not(
    operator: Actor, told: dict[str, int], settings: Settings
) -> None:
    (first,) = settings.PAMONG_LEDGER_SECRETS
    settings.PAMONG_LEDGER_SECRETS = ["rahasia baru", first]
    assert read(operator, told["siti 1"])["words"] == "siti 1"
    new = services.record(actor=operator, event=Praised(UUID(int=3), "baru"))
    settings.PAMONG_LEDGER_SECRETS = ["rahasia baru"]
    assert read(operator, new)["words"] == "baru"
    with pytest.raises(Locked, match="PAMONG_LEDGER_SECRETS"):
        read(operator, told["siti 1"])


def test_openings_put_in_each_others_place_do_not_open(operator: Actor, told: dict[str, int]) -> None:
    """As a superuser would: Siti's two entries exchanged, with the same key."""
    first, second = (
        Personal.objects.get(intake_id=told[name], field="words") for name in ("siti 1", "siti 2")
    )
    body = queries.get_entry(actor=operator, entry_id=told["siti 1"]).body
    keys = keyring.find_keys_by_id([first.sealed_with or 0])
    swapped = openings.SealedOpening("words", first.sealed_with, bytes(second.salt), bytes(second.value))
    with pytest.raises(Locked):
        openings.opened(swapped, body, keys)


def test_the_audit_needs_rows_and_secrets_alone(told: dict[str, int], settings: Settings) -> None:
    """No Django but to read the rows: what the auditor's program does."""
    installation = Installation(settings.PAMONG_LEDGER_SECRETS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, subject, wrapped FROM ledger_personkey")
        keys = {number: installation.unwrap(who, bytes(kept)) for number, who, kept in cursor.fetchall()}
        cursor.execute(
            "SELECT p.field, p.sealed_with, p.salt, p.value, i.body FROM ledger_personal p "
            "JOIN ledger_intake i ON i.id = p.intake_id"
        )
        for field, with_, salt, value, body in cursor.fetchall():
            row = openings.SealedOpening(field, with_, bytes(salt), bytes(value))
            opening = openings.opened(row, body.encode(), keys)
            assert opening is not None
            assert openings.fits(opening, openings.commitments_of(body.encode()))
            other = openings.opened(row, body.encode(), {})
            assert other is None


@given(
    st.binary(min_size=32, max_size=32), st.binary(), st.text(max_size=20), st.lists(st.binary(), max_size=3)
)
def test_what_is_sealed_opens_for_its_entry_field_and_place_alone(
    key: bytes, body: bytes, field: str, values: list[bytes]
) -> None:
    kept = personkeys.seal(key, body, field, values)
    assert personkeys.unseal(key, body, field, kept) == values
    if values:
        for args in ((key, body + b"x", field, kept), (key, body, field + "x", kept)):
            with pytest.raises(Locked):
                personkeys.unseal(*args)
    if len(values) > 1:
        with pytest.raises(Locked):
            personkeys.unseal(key, body, field, kept[::-1])


def test_a_wrapped_key_is_its_owners_alone() -> None:
    installation = Installation(["rahasia"])
    (key,) = personkeys.new_keys(1)
    wrapped = installation.wrap(SITI, key)
    assert installation.unwrap(SITI, wrapped) == key
    for who, kept in ((BUDI, wrapped), (SITI, wrapped[:-1]), (SITI, b"")):
        with pytest.raises(Locked):
            installation.unwrap(who, kept)


def test_a_leaf_stays_valid_without_its_opening(operator: Actor, told: dict[str, int]) -> None:
    body = queries.get_entry(actor=operator, entry_id=told["siti 1"]).body
    other = hashlib.sha256(b"other").digest()
    root = hashlib.sha256(b"\x01" + leaf_hash(body) + other).digest()
    services.erase_person(actor=operator, subject=SITI, ground=GROUND)
    body = queries.get_entry(actor=operator, entry_id=told["siti 1"]).body
    assert verify_inclusion(leaf_hash(body), 0, 2, [other], root)
