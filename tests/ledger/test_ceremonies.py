"""Keys and witnesses: changed by two people, told to the log, and never a moment without a signature."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection

from pamong.access import ceremonies, services
from pamong.access.errors import KeyWaiting, NotAllowed, OneKeyLeft
from pamong.access.queries import named_actor
from pamong.kernel.actor import Actor
from pamong.kernel.errors import InvalidValue
from pamong.ledger import queries
from pamong.ledger.sequencer.places import Places
from pamong.ledger.sequencer.policies import PolicyFile
from pamong.ledger.tree.checkpoints import open_checkpoint
from pamong.ledger.tree.errors import NoteError, PolicyError
from pamong.ledger.tree.notes import COSIGNATURE, SigningKey
from pamong.ledger.tree.policy import Policy
from tests.support.databases import Cluster
from tests.support.sealing import Sealing, note, sealing

TODAY, AT = date(2026, 11, 10), datetime(2026, 11, 10, 0, 30, tzinfo=UTC)
GROUND = "Berita acara 1/2026"


@pytest.fixture
def two(committed_db: str, operator: Actor) -> tuple[Actor, Actor]:
    """A system operator and an inspector."""
    for username, role in (("endah", "system_operator"), ("bagas", "inspector")):
        services.create_user(actor=operator, at=AT, username=username, display_name=username, password=None)
        services.grant_role(
            actor=operator, at=AT, username=username, role=role, unit_path="", start_on=date(2020, 1, 1),
            reason="uji kunci",
        )  # fmt: skip
    return named_actor("endah", TODAY), named_actor("bagas", TODAY)


def begun(it: Sealing) -> None:
    """The first policy stands."""
    PolicyFile(it.places).ensure([vkey for log in it.logs.values() for vkey in log.vkeys])


def test_a_key_is_followed_by_another_while_both_sign(
    committed_db: str, postgres: Cluster, operator: Actor, places: Places, two: tuple[Actor, Actor]
) -> None:
    endah, bagas = two
    with sealing(postgres, committed_db, places) as it:
        begun(it)
        note(operator, 1)
        it.beat()
        (old,) = it.logs["decisions"]._signer.verifiers
        vkey = ceremonies.add_key(actor=endah, second=bagas, places=places, log="decisions", ground=GROUND)
        note(operator, 2)
        it.beat()
        both = Policy.parse(places.policy.read_bytes()).log_keys(places.origin("decisions"))
        new = next(key for key in both if key.vkey == vkey)
        published = places.checkpoint("decisions").read_bytes()
        assert open_checkpoint(published, [old]).checkpoint == open_checkpoint(published, [new]).checkpoint
        retired = ceremonies.retire_key(
            actor=endah, second=bagas, places=places, log="decisions", ground=GROUND
        )
        assert retired == old.vkey
        note(operator, 3)
        it.beat()
        published = places.checkpoint("decisions").read_bytes()
        assert open_checkpoint(published, [new]).checkpoint.size > 0
        with pytest.raises(NoteError):
            open_checkpoint(published, [old])
        told = queries.find_newest(actor=operator, log="rules", kind="ledger.key_changed")
        assert told is not None
        assert json.loads(told.body)["public"] | {"attended_by": ""} == {
            "attended_by": "", "begins": False, "ground": GROUND, "log": "decisions", "vkey": retired,
        }  # fmt: skip


def test_the_last_key_stays_and_a_third_waits(
    committed_db: str, postgres: Cluster, places: Places, two: tuple[Actor, Actor]
) -> None:
    endah, bagas = two
    with sealing(postgres, committed_db, places) as it:
        begun(it)
        with pytest.raises(OneKeyLeft, match="hanya mempunyai satu kunci"):
            ceremonies.retire_key(actor=endah, second=bagas, places=places, log="rules", ground=GROUND)
        ceremonies.add_key(actor=endah, second=bagas, places=places, log="rules", ground=GROUND)
        with pytest.raises(KeyWaiting, match="sudah mempunyai dua kunci"):
            ceremonies.add_key(actor=endah, second=bagas, places=places, log="rules", ground=GROUND)


def test_a_new_key_signs_a_quiet_log_at_once(
    committed_db: str, postgres: Cluster, operator: Actor, places: Places, two: tuple[Actor, Actor]
) -> None:
    """So that witnesses can show that they know it, before the old one is put away."""
    endah, bagas = two
    with sealing(postgres, committed_db, places) as it:
        begun(it)
        note(operator, 1)
        it.beat()
        vkey = ceremonies.add_key(actor=endah, second=bagas, places=places, log="decisions", ground=GROUND)
        it.beat()
        new = next(key for key in it.logs["decisions"]._signer.verifiers if key.vkey == vkey)
        published = places.checkpoint("decisions").read_bytes()
        assert open_checkpoint(published, [new]).checkpoint.size > 0


def test_a_new_key_takes_no_other_key_away(
    committed_db: str, postgres: Cluster, places: Places, two: tuple[Actor, Actor]
) -> None:
    """Also where somebody has moved a retired key out of the folder."""
    endah, bagas = two
    with sealing(postgres, committed_db, places) as it:
        begun(it)
        ceremonies.add_key(actor=endah, second=bagas, places=places, log="rules", ground=GROUND)
        ceremonies.retire_key(actor=endah, second=bagas, places=places, log="rules", ground=GROUND)
        (retired,) = places.keys.glob("rules-*.retired")
        retired.unlink()
        (before,) = places.key_files("rules")
        ceremonies.add_key(actor=endah, second=bagas, places=places, log="rules", ground=GROUND)
        assert [path.name for path in places.key_files("rules")] == [before.name, "rules-0003.key"]


@pytest.mark.parametrize("act", ["set_policy", "add_key", "retire_key"])
def test_files_stay_as_they_were_if_the_entry_does_not_come_to_be(
    committed_db: str,
    postgres: Cluster,
    places: Places,
    two: tuple[Actor, Actor],
    act: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    endah, bagas = two
    with sealing(postgres, committed_db, places) as it:
        begun(it)
        if act == "retire_key":
            ceremonies.add_key(actor=endah, second=bagas, places=places, log="rules", ground=GROUND)
        given = {"text": f"# lain\n{places.policy.read_text()}"} if act == "set_policy" else {"log": "rules"}
        before = {path: path.read_bytes() for folder in (places.keys, places.public)
                  for path in folder.rglob("*") if path.is_file()}  # fmt: skip

        def fail(*, actor: Actor, event: object) -> None:
            with connection.cursor() as cursor:  # refused at the commit, when all files are written
                cursor.execute(
                    "CREATE TEMP TABLE once (n int UNIQUE DEFERRABLE INITIALLY DEFERRED) ON COMMIT DROP"
                )
                cursor.execute("INSERT INTO once VALUES (1), (1)")

        monkeypatch.setattr(ceremonies.ledger, "record", fail)
        with pytest.raises(IntegrityError):
            getattr(ceremonies, act)(actor=endah, second=bagas, places=places, ground=GROUND, **given)
    after = {path: path.read_bytes() for folder in (places.keys, places.public)
             for path in folder.rglob("*") if path.is_file()}  # fmt: skip
    assert after == before


def test_it_takes_two_people_with_their_parts(
    committed_db: str, postgres: Cluster, operator: Actor, places: Places, two: tuple[Actor, Actor]
) -> None:
    endah, bagas = two
    with sealing(postgres, committed_db, places) as it:
        begun(it)
        before = places.policy.read_bytes()
        for first, second in ((endah, endah), (bagas, endah), (operator, bagas), (endah, operator)):
            with pytest.raises(NotAllowed):
                ceremonies.add_key(actor=first, second=second, places=places, log="rules", ground=GROUND)
        with pytest.raises(InvalidValue, match="nomor dan tanggal"):
            ceremonies.add_key(actor=endah, second=bagas, places=places, log="rules", ground=" ")
        with pytest.raises(InvalidValue, match="tidak ada"):
            ceremonies.add_key(actor=endah, second=bagas, places=places, log="nilai", ground=GROUND)
        assert places.policy.read_bytes() == before
        assert len(places.key_files("rules")) == 1


def test_a_policy_is_read_before_it_is_set_and_told_what_is_weak(
    committed_db: str, postgres: Cluster, operator: Actor, places: Places, two: tuple[Actor, Actor]
) -> None:
    endah, bagas = two
    witness = SigningKey.generate("saksi.contoh.go.id", COSIGNATURE).vkey
    with sealing(postgres, committed_db, places) as it:
        begun(it)
        first = places.policy.read_text()
        (weak,) = ceremonies.set_policy(actor=endah, second=bagas, places=places, text=first, ground=GROUND)
        assert "Belum ada saksi luar" in weak
        logs = first.replace("quorum none\n", "")
        alone = f"{logs}witness inspektorat {witness} http://127.0.0.1:9/\nquorum inspektorat\n"
        (weak,) = ceremonies.set_policy(actor=endah, second=bagas, places=places, text=alone, ground=GROUND)
        assert "tanpa saksi dari kelompok 'luar'" in weak
        outside = alone.replace("quorum inspektorat", "group luar any inspektorat\nquorum luar")
        assert not ceremonies.set_policy(
            actor=endah, second=bagas, places=places, text=outside, ground=GROUND
        )
        with pytest.raises(PolicyError):
            ceremonies.set_policy(actor=endah, second=bagas, places=places, text="kuorum\n", ground=GROUND)
        with pytest.raises(InvalidValue, match="tidak memuat kunci buku segel"):
            ceremonies.set_policy(
                actor=endah, second=bagas, places=places, text="quorum none\n", ground=GROUND
            )
        assert places.policy.read_text() == outside
