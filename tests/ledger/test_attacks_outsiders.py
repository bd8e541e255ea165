"""Attacks on the whole log by who holds its keys: what outsiders remember decides. Each with its control.

Without anybody outside the audit sees what the application did not mark, and nothing more: where that is so
the test says so. Witnesses are real ones, in processes of their own.
"""

# ruff: noqa: S608 - SQL of our own

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from pamong.interop.exports.sealed import slip_paper
from pamong.ledger import proofs, queries
from pamong.ledger import services as ledger
from pamong.ledger.choices import ErasureGround
from pamong.ledger.errors import OpeningsErased
from pamong.ledger.proofs import Opening
from pamong.ledger.sequencer.witnesses import Witness
from tests.ledger.test_witnesses import witness
from tests.outside.witnessing import SOURCES
from tests.support.attacked import (
    MORNING,
    OPERATOR,
    Site,
    change_policy,
    copied,
    erase,
    government,
    make_account,
    ordinary_work,
    site,
)
from tests.support.forging import BACK, LOG, forging, rank_of, sign_anew

__all__ = ["government", "site"]

Witnesses = Callable[..., list[Witness]]


@pytest.fixture
def running() -> Iterator[ExitStack]:
    """Witnesses at work; closing it ends them all."""
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def invite(site: Site, tmp_path: Path, running: ExitStack) -> Witnesses:
    """Witnesses countersign the site's log from now on, by the policy."""

    def invited(*names: str) -> list[Witness]:
        keys = [line[4:] for line in site.places.policy.read_text().splitlines() if line.startswith("log ")]
        who = [
            Witness(name, made.key, made.url)
            for name in names
            for made in [running.enter_context(witness(tmp_path / name, keys, f"{name}.contoh.go.id"))]
        ]
        with site.at_work():
            lines = [f"witness {one.name} {one.key.vkey} {one.url}" for one in who]
            change_policy(site, *lines, f"group luar any {' '.join(names)}", "quorum luar")
        site.seal(*who)
        return who

    return invited


# --- 6: the whole log is rewritten and signed anew ---


def rewrite_a_row(site: Site) -> None:
    """A rank is dated back, what was told of it too, and the log signed as if it had always been so."""
    number = rank_of(site)
    with forging(site, "people_rank", *LOG) as forger:
        forger.do(BACK, number)
        forger.regroup(forger.retell("people_rank", number))
    sign_anew(site)


def rewrite_without_an_entry(site: Site) -> None:
    """That somebody's file was made is left out, with what opens it."""
    with forging(site, "ledger_personal", *LOG) as forger:
        told = forger.one("SELECT max(intake_id) FROM ledger_leaf WHERE kind = 'people.created'")
        for table, column in (
            ("ledger_personal", "intake_id"),
            ("ledger_leaf", "intake_id"),
            ("ledger_intake", "id"),
        ):
            forger.do(f"DELETE FROM {table} WHERE {column} = %s", told)
        forger.renumber()
    sign_anew(site)


def rewrite_what_the_application_said(site: Site) -> None:
    """The ground of the law in force becomes another."""
    with forging(site, *LOG) as forger:
        forger.do("UPDATE ledger_intake SET body = replace(body, 'SK 2/2026', 'SK 3/2026')")
    sign_anew(site)


def no_attack(site: Site) -> None:
    """The control."""


@pytest.mark.parametrize("rewrite", [no_attack, rewrite_a_row, rewrite_without_an_entry])
def test_6_the_whole_log_is_rewritten_and_a_witness_remembers(
    site: Site, invite: Witnesses, rewrite: Callable[[Site], None]
) -> None:
    who = invite("inspektorat")
    rewrite(site)
    site.go_on(*who)
    found = site.audit()
    if rewrite is no_attack:
        assert found.is_clean, found.said
    else:
        assert found.names("decisions", "Saksi 'inspektorat'"), found.said


@pytest.mark.parametrize("rewrite", [no_attack, rewrite_a_row])
def test_6_the_whole_log_is_rewritten_and_the_witness_cut_off(
    site: Site, invite: Witnesses, running: ExitStack, rewrite: Callable[[Site], None]
) -> None:
    """Who silences the witness wins no "all is well": the audit says that nobody outside was asked."""
    invite("inspektorat")
    rewrite(site)
    running.close()
    found = site.audit()
    assert found.status == 2
    assert "Saksi 'inspektorat' belum dapat ditanya" in found.said
    assert "Bersih" not in found.said


@pytest.mark.parametrize("rewrite", [no_attack, rewrite_a_row, rewrite_without_an_entry])
def test_6_the_whole_log_is_rewritten_and_somebody_kept_a_checkpoint(
    site: Site, rewrite: Callable[[Site], None]
) -> None:
    kept = site.keep_checkpoint()
    rewrite(site)
    site.go_on()
    found = site.audit()
    if rewrite is no_attack:
        assert found.is_clean, found.said
    else:
        assert found.names("decisions", str(kept)), found.said


def test_6_the_whole_log_is_rewritten_and_the_witness_struck_off(site: Site, invite: Witnesses) -> None:
    """The policy is an entry of the application: who is missing from its file shows without asking him."""
    invite("inspektorat")
    rewrite_a_row(site)
    lines = site.places.policy.read_text().splitlines(keepends=True)
    site.places.policy.write_text("".join(one for one in lines if one.startswith("log ")) + "quorum none\n")
    site.go_on()
    found = site.audit()
    assert found.names("policy"), found.said


def test_6_what_the_application_marked_is_seen_without_anybody_outside(site: Site) -> None:
    rewrite_what_the_application_said(site)
    site.go_on()
    found = site.audit()
    assert found.entry(1, "rules"), found.said


@pytest.mark.parametrize("rewrite", [rewrite_a_row, rewrite_without_an_entry])
def test_6_without_anybody_outside_the_rest_is_not_seen(site: Site, rewrite: Callable[[Site], None]) -> None:
    """Rows carry no mark, and an entry that is left out leaves none: hence witnesses (docs/ledger.md)."""
    rewrite(site)
    site.go_on()
    assert site.audit().is_clean


# --- 7: an older backup is restored, and life goes on ---


def restore_database(site: Site, backup: Site) -> None:
    site.database = backup.database


def restore_everything(site: Site, backup: Site) -> None:
    """With what is published, and the signer's memory."""
    site.database, site.folder = backup.database, backup.folder


def restore_nothing(site: Site, backup: Site) -> None:
    """The control."""


@pytest.fixture
def backup(site: Site, tmp_path: Path) -> Iterator[Callable[[], Site]]:
    """Makes a backup of the site as it stands."""
    with ExitStack() as stack:

        def made() -> Site:
            copy = copied(site, tmp_path / "cadangan")
            stack.callback(site.postgres.drop, copy.database)
            return copy

        yield made


@pytest.mark.parametrize("restore", [restore_nothing, restore_database, restore_everything])
def test_7_an_older_backup_is_restored_and_a_witness_remembers(
    site: Site, invite: Witnesses, backup: Callable[[], Site], restore: Callable[[Site, Site], None]
) -> None:
    who = invite("inspektorat")
    older = backup()
    make_account(site, "hilang")
    site.seal(*who)
    restore(site, older)
    goes_on = site.go_on(*who)
    assert goes_on is (restore is not restore_database)
    found = site.audit()
    if restore is restore_nothing:
        assert found.is_clean, found.said
    else:  # where the sequencer refuses, what it signed itself is enough
        witnessed = found.names("decisions", "Saksi 'inspektorat'")
        assert witnessed or (restore is restore_database and found.names("decisions", "rolled_back")), (
            found.said
        )


@pytest.mark.parametrize("restore", [restore_nothing, restore_database, restore_everything])
def test_7_an_older_backup_is_restored_and_somebody_kept_a_checkpoint(
    site: Site, backup: Callable[[], Site], restore: Callable[[Site, Site], None]
) -> None:
    older = backup()
    make_account(site, "hilang")
    site.seal()
    kept = site.keep_checkpoint()
    restore(site, older)
    site.go_on()
    found = site.audit()
    if restore is restore_nothing:
        assert found.is_clean, found.said
    else:
        assert found.names("decisions", str(kept)), found.said


def test_7_the_database_alone_is_restored_and_nobody_outside_remembers(
    site: Site, backup: Callable[[], Site]
) -> None:
    """The signer's memory and what is published are enough."""
    older = backup()
    make_account(site, "hilang")
    site.seal()
    restore_database(site, older)
    assert not site.go_on(), "the sequencer refuses"
    assert site.audit().names("decisions", "rolled_back")


def test_7_everything_is_restored_and_nobody_outside_remembers(
    site: Site, backup: Callable[[], Site]
) -> None:
    """Nothing tells it from a site on which it was never later: who has a receipt knows better."""
    older = backup()
    make_account(site, "hilang")
    site.seal()
    restore_everything(site, older)
    assert site.go_on()
    assert site.audit().is_clean


# --- 8: two witnesses are shown different logs ---


def same_size(site: Site, fork: Site) -> None:
    make_account(site, "satu")
    make_account(fork, "dua")


def more_to_the_other(site: Site, fork: Site) -> None:
    make_account(site, "satu")
    for name in ("dua", "tiga", "empat"):
        make_account(fork, name)


def less_to_the_other(site: Site, fork: Site) -> None:
    make_account(fork, "dua")
    for name in ("satu", "tiga", "empat"):
        make_account(site, name)


@pytest.mark.parametrize("show", [None, same_size, more_to_the_other, less_to_the_other])
def test_8_two_witnesses_are_shown_different_logs(
    site: Site, invite: Witnesses, backup: Callable[[], Site], show: Callable[[Site, Site], None] | None
) -> None:
    near, far = invite("inspektorat", "universitas")
    fork = backup()
    if show is None:
        make_account(site, "satu")
        site.seal(near, far)
    else:
        show(site, fork)
        fork.seal(far)
        site.seal(near)
    found = site.audit()
    if show is None:
        assert found.is_clean, found.said
    else:
        assert found.names("decisions", "Saksi 'universitas'"), found.said
        assert not found.names("decisions", "Saksi 'inspektorat'"), found.said


# --- Erasing a person leaves every other proof valid ---


def verified(site: Site, proof: str) -> dict[str, Any]:
    """What the separate program says, in a process of its own, without a network or a database."""
    file = site.folder / "bukti.tlog-proof"
    file.write_text(proof)
    done = subprocess.run(
        [sys.executable, "-m", "pamong_verify", "proof", "--json", "--policy", site.places.policy, file],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(SOURCES[0])}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    said: dict[str, Any] = json.loads(done.stdout)
    assert done.returncode == said["status"]
    return said


def _proofs(site: Site) -> dict[str, str | None]:
    """Of every slip of the month, and of two people's files, with all that opens them; None where that is
    erased."""
    told: dict[str, str | None] = {}
    with site.at_work():
        for uid in _slips(site):
            paper = slip_paper(actor=OPERATOR, at=MORNING, uid=uid)
            told[f"slip {uid}"] = str(paper.proof) if paper else None
        for (number,) in site.sql(
            "SELECT intake_id FROM ledger_leaf WHERE kind = 'people.created' ORDER BY seq"
        ):
            told[f"file {number}"] = _file_proof(number)
    return told


def _file_proof(number: int) -> str | None:
    try:
        opened = queries.get_openings(actor=OPERATOR, entry_id=number)
    except OpeningsErased:
        return None
    openings = [Opening(one.field, one.salt, json.loads(one.value)["value"]) for one in opened]
    return str(proofs.proof_of(actor=OPERATOR, entry=number, openings=openings))


def _slips(site: Site) -> list[UUID]:
    uids = site.sql(
        f"SELECT s.uid FROM pay_slip s JOIN pay_run r ON r.id = s.run_id WHERE r.uid = '{site.run}' "
        "ORDER BY s.number"
    )
    return [UUID(str(uid)) for (uid,) in uids]


def test_erasing_a_person_leaves_every_other_proof_valid(site: Site, invite: Witnesses) -> None:
    """One with a file and one with a slip are erased. Proofs made before hold after it, theirs too for who
    has them; all others are made anew, and hold; theirs can't be made any more."""
    who = invite("inspektorat")
    before = _proofs(site)
    assert len(before) == 7 and None not in before.values()
    erase(site)
    slip = _slips(site)[0]  # of somebody whom the register does not know: the key is the slip's own
    with site.at_work(), transaction.atomic():
        ledger.erase_person(
            actor=OPERATOR, subject=slip, ground=ledger.Ground(ErasureGround.RETENTION, "JRA 900.1")
        )
    ordinary_work(site)
    site.seal(*who)
    assert site.audit().is_clean
    assert all(proof and verified(site, proof)["status"] == 0 for proof in before.values())
    after = _proofs(site)
    files = [name for name in after if name.startswith("file ")]
    assert {name for name, proof in after.items() if proof is None} == {f"slip {slip}", files[0]}
    anew = [proof for proof in after.values() if proof is not None]
    assert len(anew) == 5
    assert all(verified(site, proof)["status"] == 0 for proof in anew)
