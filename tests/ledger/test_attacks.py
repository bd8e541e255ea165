"""Attacks on rows, entries and law by who owns the database and holds the log's keys, each with its control.

Each world goes on after the attack as if nothing had been: rows take others' places, papers are decided, a
month runs anew, somebody's data is erased. The audit is the program, and asks no outsider.
"""

# ruff: noqa: S608 - SQL of our own

from __future__ import annotations

import shutil
from typing import Any

from django.db import transaction

from pamong.ledger import services as ledger
from pamong.ledger.choices import ErasureGround
from pamong.ledger.services import Ground
from tests.support.attacked import (
    OPERATOR,
    Site,
    erase,
    government,
    site,
)
from tests.support.attacks import Attack, Expected, cases, entry, row, seen
from tests.support.forging import BACK, LOG, Forger, forging, rank_of

__all__ = ["government", "site"]

PAY = ("pay_slip", "pay_slipline", "pay_slipinput", "pay_run", "pay_sliptree")
KEYS = ("ledger_personkey", "ledger_personal", "ledger_erasure")
GROUND = Ground(ErasureGround.UNLAWFUL, "JRA 800.1.11")


# --- 1: a slip of a published month is changed by one rupiah, in one line and in the total ---

_SLIP = """
    SELECT s.id, s.uid, l.number, t.keys[s.number], k.subject, t.entry_id FROM pay_slip s
    JOIN pay_run r ON r.id = s.run_id JOIN pay_slipline l ON l.slip_id = s.id
    JOIN pay_sliptree t ON t.run_id = r.id JOIN ledger_personkey k ON k.id = t.keys[s.number]
    WHERE r.uid = %s AND s.net IS NOT NULL AND l.amount > 0 ORDER BY s.id, l.number LIMIT 1"""


def _rupiah(forger: Forger, site: Site) -> Any:
    slip, uid, line, key, _, told = forger.do(_SLIP, site.run)[0]
    forger.do("UPDATE pay_slipline SET amount = amount + 1 WHERE slip_id = %s AND number = %s", slip, line)
    forger.do("UPDATE pay_slip SET gross = gross + 1, net = net + 1 WHERE id = %s", slip)
    return uid, key, told


def slip_changed(site: Site) -> Expected:
    with forging(site, *PAY) as forger:
        return row("pay_slip", _rupiah(forger, site)[0])


def slip_and_all_sums_changed(site: Site) -> Expected:
    """The month's total, what was told of it, the digest of the transaction, hashes and root go along."""
    with forging(site, *PAY, *LOG) as forger:
        uid, _, _ = _rupiah(forger, site)
        run = forger.one(
            "UPDATE pay_run SET gross = gross + 1, net = net + 1 WHERE uid = %s RETURNING id", site.run
        )
        forger.regroup(forger.retell("pay_run", run))
        forger.rehash()
    return row("pay_slip", uid)


def slip_changed_and_the_tree_hidden(site: Site) -> Expected:
    with forging(site, *PAY) as forger:
        _rupiah(forger, site)
        forger.do("DELETE FROM pay_sliptree t USING pay_run r WHERE r.id = t.run_id AND r.uid = %s", site.run)
    return row("pay_sliptree", site.run)


def slip_changed_and_its_run_unpublished(site: Site) -> Expected:
    with forging(site, *PAY) as forger:
        _rupiah(forger, site)
        run = forger.one(
            "UPDATE pay_run SET state = 'failed', published_at = NULL WHERE uid = %s RETURNING id", site.run
        )
    return row("pay_run", run)


def slip_changed_and_the_entry_forged(site: Site) -> Expected:
    with forging(site, *PAY, *LOG) as forger:
        told = _rupiah(forger, site)[2]
        forger.do(
            "UPDATE ledger_intake SET body = replace(body, %s, %s) WHERE id = %s",
            '"slips":"',
            '"slips":"00',
            told,
        )
        forger.rehash()
        return entry(forger.one("SELECT seq FROM ledger_leaf WHERE intake_id = %s", told))


def slip_changed_and_passed_off_as_erased(site: Site) -> Expected:
    """Its key goes, as if the lawful erasure of somebody else had been of this one too."""
    with forging(site, *PAY, *KEYS) as forger:
        uid, key, _ = _rupiah(forger, site)
        forger.do(
            "INSERT INTO ledger_erasure (key_id, subject, ground, reference, intake_id) "
            "SELECT k.id, k.subject, e.ground, e.reference, e.intake_id "
            "FROM ledger_personkey k, ledger_erasure e WHERE k.id = %s LIMIT 1",
            key,
        )
        forger.do("DELETE FROM ledger_personkey WHERE id = %s", key)
    return lambda found: found.row("ledger_erasure", key) or found.row("pay_slip", uid)


def slip_facts_changed(site: Site) -> Expected:
    with forging(site, *PAY) as forger:
        slip, uid, *_ = forger.do(_SLIP, site.run)[0]
        forger.do("UPDATE pay_slipinput SET facts = replace(facts, '5800', '5900') WHERE slip_id = %s", slip)
    return row("pay_slip", uid)


def slip_of_somebody_else(site: Site) -> Expected:
    """The same amounts under another name: a person who does not exist."""
    with forging(site, *PAY) as forger:
        slip, *_ = forger.do(_SLIP, site.run)[0]
        columns = forger.one(
            "SELECT string_agg(column_name, ', ') FROM information_schema.columns "
            "WHERE table_name = 'pay_slip' AND column_name NOT IN ('id', 'uid', 'number', 'nip', 'name')"
        )
        uid = forger.one(
            f"INSERT INTO pay_slip (uid, number, nip, name, {columns}) SELECT gen_random_uuid(), 99, "
            f"'199001012015011001', 'Bukan Siapa-siapa', {columns} FROM pay_slip WHERE id = %s RETURNING uid",
            slip,
        )
    return row("pay_slip", uid)


@cases(
    slip_changed, slip_and_all_sums_changed, slip_changed_and_the_tree_hidden,
    slip_changed_and_its_run_unpublished, slip_changed_and_the_entry_forged,
    slip_changed_and_passed_off_as_erased, slip_facts_changed, slip_of_somebody_else,
)  # fmt: skip
def test_1_a_slip_of_a_published_month(site: Site, attack: Attack) -> None:
    erase(site)
    seen(site, attack)


_WITHOUT_KEY = """
    SELECT s.id FROM pay_slip s JOIN pay_sliptree t USING (run_id)
    WHERE NOT EXISTS (SELECT 1 FROM ledger_personkey k WHERE k.id = t.keys[s.number])"""


def erased_slip_changed(site: Site) -> Expected:
    """No key opens it any more, so its own hash tells nothing."""
    with forging(site, *PAY) as forger:
        slip = forger.one(_WITHOUT_KEY)
        forger.do("UPDATE pay_slip SET gross = gross + 1, net = net + 1 WHERE id = %s", slip)
        forger.do("UPDATE pay_slipline SET amount = amount + 1 WHERE slip_id = %s AND number = 1", slip)
    return lambda found: found.row("pay_run", site.run)


def erased_slips_golongan_changed(site: Site) -> Expected:
    with forging(site, *PAY) as forger:
        forger.do("UPDATE pay_slip SET golongan = 'IV/e' WHERE id = %s", forger.one(_WITHOUT_KEY))
    return lambda found: found.row("pay_run", site.run)


@cases(erased_slip_changed, erased_slips_golongan_changed)
def test_1_a_slip_of_somebody_whose_data_is_erased(site: Site, attack: Attack) -> None:
    with forging(site) as forger:
        subject = forger.do(_SLIP, site.run)[0][4]
    with site.at_work(), transaction.atomic():
        ledger.erase_person(actor=OPERATOR, subject=subject, ground=GROUND)
    seen(site, attack)


# --- 2: a row is dated back ---


def rank_dated_back(site: Site) -> Expected:
    number = rank_of(site)
    with forging(site, "people_rank") as forger:
        forger.do(BACK, number)
    return row("people_rank", number)


def rank_dated_back_as_told(site: Site) -> Expected:
    number = rank_of(site)
    with forging(site, "people_rank", *LOG) as forger:
        forger.do(BACK, number)
        return entry(forger.group(forger.retell("people_rank", number)))


def rank_dated_back_as_vouched_for(site: Site) -> Expected:
    """With the digest, every hash and the root in the database."""
    number = rank_of(site)
    with forging(site, "people_rank", *LOG) as forger:
        forger.do(BACK, number)
        xid = forger.retell("people_rank", number)
        forger.regroup(xid)
        forger.rehash()
        return entry(forger.group(xid))


def rank_dated_back_and_erased_from_the_log(site: Site) -> Expected:
    """What was told of it is erased by the very function that erases lawfully."""
    number = rank_of(site)
    with forging(site, "people_rank") as forger:
        forger.do("SELECT pamong_erase_rows('people_rank', ARRAY[%s])", str(number))
        forger.do(BACK, number)
    return row("people_rank", number)


def rank_dated_back_and_erased_with_another(site: Site) -> Expected:
    """The same, passed off as part of a lawful erasure."""
    number = rank_of(site)
    with site.at_work():
        ledger.erase_rows(
            actor=OPERATOR, relation="people_rank", row_ids=[rank_of(site, "ended")], ground="JRA 800.1.11"
        )
    with forging(site, "people_rank", *LOG) as forger:
        lawful = forger.one("SELECT erased FROM ledger_row WHERE erased IS NOT NULL LIMIT 1")
        forger.do("SELECT pamong_erase_rows('people_rank', ARRAY[%s])", str(number))
        forger.do("UPDATE ledger_row SET erased = %s WHERE erased IS NOT NULL", lawful)
        forger.do(BACK, number)
    return row("people_rank", number)


def superseding_taken_back(site: Site) -> Expected:
    """A row stands again as it once stood, as the log itself says: only not now."""
    with forging(site, "people_rank") as forger:
        number = forger.one("SELECT min(id) FROM people_rank WHERE superseded_at IS NOT NULL")
        forger.do("ALTER TABLE people_rank DROP CONSTRAINT rank_no_overlap")
        forger.do(
            "UPDATE people_rank SET superseded_at = NULL, superseded_basis_id = NULL WHERE id = %s", number
        )
    return row("people_rank", number)


def entry_dated_back(site: Site) -> Expected:
    """No hash covers when the database received an entry."""
    with forging(site, *LOG) as forger:
        seq, told = forger.do(
            "SELECT seq, intake_id FROM ledger_leaf WHERE kind = 'people.accepted' ORDER BY seq DESC LIMIT 1"
        )[0]
        forger.do("UPDATE ledger_intake SET at = at - interval '2 years' WHERE id = %s", told)
        forger.do(
            "UPDATE ledger_leaf SET placed_at = placed_at - interval '2 years' WHERE intake_id = %s", told
        )
    return entry(seq)


def change_made_good_by_a_later_one(site: Site) -> Expected:
    """What is changed unseen is told by the next lawful act on the row, as the row then says."""
    number = rank_of(site, "mate")
    with forging(site, "people_rank") as forger:
        forger.do(
            "UPDATE people_rank SET golongan = 'IV/a', recorded_at = recorded_at - interval '2 years' "
            "WHERE id = %s",
            number,
        )
    return row("people_rank", number)


@cases(
    rank_dated_back, rank_dated_back_as_told, rank_dated_back_as_vouched_for,
    rank_dated_back_and_erased_from_the_log, rank_dated_back_and_erased_with_another, superseding_taken_back,
    entry_dated_back, change_made_good_by_a_later_one,
)  # fmt: skip
def test_2_a_row_is_dated_back(site: Site, attack: Attack) -> None:
    seen(site, attack)


# --- 3: a row is deleted ---


def rank_deleted(site: Site) -> Expected:
    number = rank_of(site)
    with forging(site, "people_rank") as forger:
        forger.do("DELETE FROM people_rank WHERE id = %s", number)
    return row("people_rank", number)


def rank_deleted_and_told(site: Site) -> Expected:
    """Only what refuses is put to sleep: the deletion is told like any act."""
    number = rank_of(site)
    site.sql(
        "ALTER TABLE people_rank DISABLE TRIGGER people_rank_dated",
        f"DELETE FROM people_rank WHERE id = {number}",
        "SET CONSTRAINTS ALL IMMEDIATE",
        "ALTER TABLE people_rank ENABLE ALWAYS TRIGGER people_rank_dated",
    )
    return row("people_rank", number)


def rank_deleted_as_never_told(site: Site) -> Expected:
    number = rank_of(site)
    with forging(site, "people_rank", *LOG) as forger:
        forger.do("DELETE FROM people_rank WHERE id = %s", number)
        xid = forger.one(
            "DELETE FROM ledger_row WHERE relation = 'people_rank' AND row_id = %s RETURNING xid", str(number)
        )
        return entry(forger.group(xid))


def rank_deleted_as_never_vouched_for(site: Site) -> Expected:
    number = rank_of(site)
    with forging(site, "people_rank", *LOG) as forger:
        forger.do("DELETE FROM people_rank WHERE id = %s", number)
        xid = forger.one(
            "DELETE FROM ledger_row WHERE relation = 'people_rank' AND row_id = %s RETURNING xid", str(number)
        )
        forger.regroup(xid)
        forger.rehash()
        return entry(forger.group(xid))


def deletion_in_a_borrowed_transaction(site: Site) -> Expected:
    number = rank_of(site)
    with forging(site, "people_rank", *LOG) as forger:
        xid = forger.one("SELECT max(xid) FROM ledger_intake WHERE kind = 'pay.run_published'")
        forger.tell("people_rank", number, xid, "delete")
        forger.do("DELETE FROM people_rank WHERE id = %s", number)
        return entry(forger.group(xid))


def entry_deleted(site: Site) -> Expected:
    """With what opens it; the others are numbered anew."""
    with forging(site, *LOG, *KEYS) as forger:
        seq, told = forger.do(
            "SELECT seq, intake_id FROM ledger_leaf WHERE kind = 'people.proposed' ORDER BY seq DESC LIMIT 1"
        )[0]
        forger.do("DELETE FROM ledger_personal WHERE intake_id = %s", told)
        forger.do("DELETE FROM ledger_leaf WHERE intake_id = %s", told)
        forger.do("DELETE FROM ledger_intake WHERE id = %s", told)
        forger.renumber()
        forger.rehash()
    return entry(seq)


def opening_deleted(site: Site) -> Expected:
    with forging(site, *KEYS) as forger:
        told = forger.one(
            "DELETE FROM ledger_personal WHERE field = 'name' AND intake_id = "
            "(SELECT max(intake_id) FROM ledger_leaf WHERE kind = 'people.created') RETURNING intake_id"
        )
    return row("decisions", f"{told} name")


def key_destroyed(site: Site) -> Expected:
    with forging(site, *KEYS) as forger:
        forger.do("DELETE FROM ledger_personkey WHERE subject = %s", site.people.city.persons["mate"])
        told = forger.one("SELECT max(intake_id) FROM ledger_leaf WHERE kind = 'people.created'")
    return row("decisions", f"{told} name")


@cases(
    rank_deleted, rank_deleted_and_told, rank_deleted_as_never_told, rank_deleted_as_never_vouched_for,
    deletion_in_a_borrowed_transaction, entry_deleted, opening_deleted, key_destroyed,
)  # fmt: skip
def test_3_a_row_is_deleted(site: Site, attack: Attack) -> None:
    seen(site, attack)


# --- 9: two entries are swapped ---

_TWO = "SELECT seq, intake_id FROM ledger_leaf WHERE kind = %s ORDER BY seq DESC LIMIT 2"
_EXCHANGE = """
    UPDATE ledger_intake i SET body = o.body, mark = o.mark FROM ledger_intake o
    WHERE i.id = ANY(%s) AND o.id = ANY(%s) AND o.id <> i.id"""


def numbers_swapped(site: Site) -> Expected:
    with forging(site, *LOG) as forger:
        (first, one), (second, other) = forger.do(_TWO, "people.accepted")
        forger.do("UPDATE ledger_leaf SET seq = -1 WHERE intake_id = %s", one)
        forger.do("UPDATE ledger_leaf SET seq = %s WHERE intake_id = %s", first, other)
        forger.do("UPDATE ledger_leaf SET seq = %s WHERE intake_id = %s", second, one)
    return entry(first)


def contents_swapped(site: Site) -> Expected:
    """Each keeps its mark, so the application wrote both."""
    with forging(site, *LOG) as forger:
        (first, one), (_, other) = forger.do(_TWO, "people.accepted")
        forger.do(_EXCHANGE, [one, other], [one, other])
    return entry(first)


def contents_swapped_with_all_hashes(site: Site) -> Expected:
    """Two that have no personal part, with hashes, root and the published tiles."""
    with forging(site, *LOG) as forger:
        (_, one), (_, other) = forger.do(_TWO, "ledger.sealed")
        forger.do(_EXCHANGE, [one, other], [one, other])
        forger.rehash()
    shutil.rmtree(site.places.folder("decisions") / "tile")
    return lambda found: found.names("decisions", "di antara catatan nomor", "ditulis ulang")


@cases(numbers_swapped, contents_swapped, contents_swapped_with_all_hashes)
def test_9_two_entries_are_swapped(site: Site, attack: Attack) -> None:
    seen(site, attack)
