"""Whether a slip or a signed recapitulation still holds, asked with hashes alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from pamong.kernel.actor import Actor
from pamong.ledger.models import Intake
from pamong.ledger.proofs import Leaf
from pamong.ledger.tree.merkle import leaf_hash
from pamong.pay import path, queries
from pamong.pay.choices import Mode, Validity
from pamong.pay.models import PayItem, Run, Slip, SlipTree
from pamong.pay.queries import Paper, papers
from tests.pay.conftest import office as office  # noqa: PLC0414 - the fixture
from tests.pay.support import Office, Someone, files_of
from tests.pay.test_overpayments import overpaid
from tests.pay.test_path import REASON, WHO, A, town
from tests.support.databases import Cluster
from tests.support.lists import ALL_STEPS, Government, build
from tests.support.month import MORNING, TODAY
from tests.support.sealing import places_in, sealing

__all__ = ["town"]
ANYBODY = Actor.operator("siapa saja", TODAY)


def item_hash(slip: Slip) -> bytes:
    """The leaf hash of a slip's item, as its month keeps it."""
    tiles = bytes(SlipTree.objects.get(run=slip.run).tiles)
    return tiles[32 * (slip.number - 1) : 32 * slip.number]


def entry_hash(run: Run) -> bytes:
    """The leaf hash of the entry that tells of a month's publication."""
    return leaf_hash(SlipTree.objects.select_related("entry").get(run=run).entry.body.encode())


def ask(slip: Slip) -> Paper:
    """What is said of a slip."""
    found = queries.find_paper(actor=ANYBODY, entry=entry_hash(slip.run), item=item_hash(slip))
    assert found is not None
    return found


@pytest.fixture(autouse=True)
def placed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the sequencer had placed all entries: it sees none of a test's own transaction."""
    if "committed_db" in request.fixturenames:
        return

    def find_leaf(*, actor: Actor, entry: bytes) -> Leaf | None:
        rows = [row for row in Intake.objects.all() if leaf_hash(row.body.encode()) == entry]
        return Leaf(rows[0].log, 0, rows[0].pk, rows[0].kind, rows[0].body) if rows else None

    monkeypatch.setattr(papers.proofs, "find_leaf", find_leaf)


def slip_of(run: UUID, nip: str) -> Slip:
    return Slip.objects.select_related("run").get(run__uid=run, nip=nip)


def first_paid(town: Government) -> PayItem:
    """The first item of an office's list."""
    return PayItem.objects.select_related("slip__run").get(uid=town.view(A).items[0].uid)


def slip_in(item: PayItem) -> Slip:
    assert item.slip is not None
    return item.slip


def test_a_slip_by_which_a_list_pays_holds(town: Government) -> None:
    slip = slip_in(first_paid(town))
    assert ask(slip) == Paper(Validity.HOLDS, why="Daftar pembayarannya sekarang: Dihitung.")
    town.step(A, *ALL_STEPS)
    assert ask(slip) == Paper(Validity.HOLDS, why="Daftar pembayarannya sekarang: Cair.")


def test_a_slip_is_replaced_by_that_of_a_newer_run(town: Government) -> None:
    old = slip_in(first_paid(town))
    newer = slip_of(town.compute([*WHO[:1], replace(WHO[1], days={}), *WHO[2:]]), old.nip)
    assert ask(old).state is Validity.HOLDS  # the list still pays by it
    town.open()
    assert ask(newer).state is Validity.HOLDS
    found = ask(old)
    assert (found.state, found.why) == (
        Validity.REPLACED, "Daftar pembayaran memakai rincian lain untuk bulan ini."
    )  # fmt: skip
    assert found.since is not None


def test_a_held_payment_is_told_without_its_reason(town: Government) -> None:
    item = first_paid(town)
    path.hold(actor=town.as_("clerk_dinas_a"), at=MORNING, uid=town.row(A).uid, item=item.uid, reason=REASON)
    assert ask(slip_in(item)) == Paper(Validity.HOLDS, why="Pembayarannya sedang ditangguhkan.")


def test_a_slip_on_no_list_is_replaced_by_a_newer_run_like_it(office: Office, db: None) -> None:
    who = [Someone(1), Someone(2)]
    runs = [office.run(files_of(each)).uid for each in (who, [*who, Someone(3)])]
    old, new = (Slip.objects.select_related("run").get(run__uid=run, number=1) for run in runs)
    published = Run.objects.get(uid=runs[1]).published_at
    assert ask(old) == Paper(
        Validity.REPLACED, published, "Bulan ini dihitung lagi; rincian yang lebih baru sudah terbit."
    )
    assert ask(new) == Paper(Validity.HOLDS)


def test_a_run_for_comparison_pays_nobody(office: Office, db: None) -> None:
    run = office.run(files_of([Someone(1)]), mode=Mode.SHADOW).uid
    slip = Slip.objects.select_related("run").get(run__uid=run)
    assert ask(slip) == Paper(Validity.HOLDS, why="Ini hitungan pembanding, bukan dasar pembayaran.")


def test_differences_since_are_told(office: Office, tmp_path: Path, db: None) -> None:
    months = overpaid(office, tmp_path, opens=False)
    base = PayItem.objects.select_related("slip__run").filter(sequence=0, person=months.town.persons[1]).get()
    assert ask(slip_in(base)) == Paper(
        Validity.HOLDS, why="Sesudahnya ada selisih untuk bulan ini, yang dibukukan tersendiri."
    )


def moves(done: str) -> list[bytes]:
    """The leaf hashes of the entries that tell of a step with a list, the oldest first."""
    bodies = Intake.objects.filter(kind="pay.list_moved").order_by("pk").values_list("body", flat=True)
    return [leaf_hash(body.encode()) for body in bodies if f'"done":"{done}"' in body]


def test_a_signed_list_holds_until_it_is_reopened(
    office: Office, committed_db: str, postgres: Cluster, tmp_path: Path
) -> None:
    made = build(office, WHO)
    made.compute(WHO)
    made.open()
    made.step(A, "enter", "sign")
    with sealing(postgres, committed_db, places_in(tmp_path / "ledger")) as it:
        [first] = moves("signed")
        assert queries.find_paper(actor=ANYBODY, entry=first) is None  # not in the log yet
        it.beat()
        assert queries.find_paper(actor=ANYBODY, entry=first) == Paper(
            Validity.HOLDS, why="Daftarnya sekarang: Diverifikasi OPD."
        )
        path.reopen(actor=made.as_("second"), at=MORNING, uid=made.row(A).uid, reason=REASON)
        back = queries.find_paper(actor=ANYBODY, entry=first)
        assert back is not None and back.state is Validity.WITHDRAWN and back.since is not None
        made.step(A, *ALL_STEPS)
        it.beat()
        again = queries.find_paper(actor=ANYBODY, entry=first)
        assert again is not None and again.state is Validity.REPLACED and again.since is not None
        assert again.since > back.since
        newest = queries.find_paper(actor=ANYBODY, entry=moves("signed")[-1])
        assert newest == Paper(Validity.HOLDS, why="Daftarnya sekarang: Cair.")
        assert queries.find_paper(actor=ANYBODY, entry=moves("reopened")[0]) is None
        [published] = Intake.objects.filter(kind="pay.run_published").values_list("body", flat=True)
        assert queries.find_paper(actor=ANYBODY, entry=leaf_hash(published.encode())) is None
        slip = slip_in(PayItem.objects.select_related("slip__run").get(uid=made.view(A).items[0].uid))
        assert ask(slip).state is Validity.HOLDS
        assert queries.find_paper(actor=ANYBODY, entry=first, item=item_hash(slip)) is None, "not in this one"


def test_hashes_that_nobody_knows(town: Government) -> None:
    run = Run.objects.get(uid=town.runs[-1])
    tiles = bytes(SlipTree.objects.get(run=run).tiles)
    for leaf in (b"", b"\0" * 32, tiles[1:33], tiles[:31]):
        assert queries.find_paper(actor=ANYBODY, entry=leaf) is None
        assert queries.find_paper(actor=ANYBODY, entry=entry_hash(run), item=leaf) is None
        assert queries.find_paper(actor=ANYBODY, entry=leaf, item=tiles[:32]) is None


def test_it_takes_few_questions(town: Government, django_assert_max_num_queries: Any) -> None:
    slip = slip_in(first_paid(town))
    entry, item = entry_hash(slip.run), item_hash(slip)
    with django_assert_max_num_queries(7):
        queries.find_paper(actor=ANYBODY, entry=entry, item=item)
