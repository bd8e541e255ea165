"""The sequencer: numbers without a gap, files that anyone can verify, no going on from a changed past."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from pamong.kernel.actor import Actor
from pamong.ledger import services
from pamong.ledger.sequencer import logs as at_work
from pamong.ledger.sequencer import placing, publishing, signer
from pamong.ledger.sequencer.errors import KeyMissing, LogBusy, SignerRefuses, TreeDisagrees
from pamong.ledger.sequencer.places import Places
from pamong.ledger.tree.merkle import leaf_hash, root_of
from pamong.ledger.tree.tiles import FileTiles, tree_root
from tests.support.databases import Cluster
from tests.support.sealing import Noted, as_superuser, leaves, note, numbers, rewrite, sealing


def test_entries_get_numbers_and_a_checkpoint_that_anyone_verifies(
    committed_db: str, postgres: Cluster, operator: Actor, places: Places
) -> None:
    note(operator, 1, 2, 3)
    with sealing(postgres, committed_db, places) as it:
        it.beat()
        found = leaves()
        assert [seq for seq, *_ in found] == [0, 1, 2]
        assert numbers() == [1, 2, 3]
        assert [hashed for _, _, hashed, _ in found] == [leaf_hash(body.encode()) for *_, body in found]
        checkpoint = it.published().checkpoint
        assert (checkpoint.origin, checkpoint.size) == (f"{places.site}/log/decisions", 3)
        assert checkpoint.root == root_of([hashed for _, _, hashed, _ in found])
        files = FileTiles(places.folder("decisions"))
        assert tree_root(files, 3) == checkpoint.root
        assert files.entries(0, 3) == [body.encode() for *_, body in found]
        assert it.published("rules").checkpoint.size == 0


def test_files_grow_over_tiles_and_go_on_after_a_restart(
    committed_db: str, postgres: Cluster, operator: Actor, places: Places
) -> None:
    done = 0
    for size in (1, 255, 256, 257, 700):
        note(operator, *range(done, size))
        done = size
        with sealing(postgres, committed_db, places) as it:
            it.beat()
            checkpoint = it.published().checkpoint
            files = FileTiles(places.folder("decisions"))
            assert checkpoint.size == size
            assert tree_root(files, size) == checkpoint.root
    kept = [body.encode() for *_, body in leaves()]
    files = FileTiles(places.folder("decisions"))
    assert [*files.entries(0), *files.entries(1), *files.entries(2, 700 - 512)] == kept
    assert not (places.folder("decisions") / "tile/0/000.p").exists(), "a full tile stands in their place"


def test_a_transaction_that_stays_open_stalls_nobody(
    committed_db: str, postgres: Cluster, operator: Actor, places: Places
) -> None:
    ready, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            services.record(actor=operator, event=Noted(0))
            ready.set()
            go_on.wait(30)
        connection.close()

    writer = threading.Thread(target=slow)
    writer.start()
    assert ready.wait(30)
    with sealing(postgres, committed_db, places) as it:
        for number in range(1, 4):
            note(operator, number)
            it.beat()
        assert numbers() == [1, 2, 3]
        go_on.set()
        writer.join()
        note(operator, 4)
        it.beat()
        assert sorted(numbers()) == [0, 1, 2, 3, 4]
        assert numbers()[:3] == [1, 2, 3]


def test_what_was_rolled_back_leaves_no_gap(
    committed_db: str, postgres: Cluster, operator: Actor, places: Places
) -> None:
    with sealing(postgres, committed_db, places) as it:
        for number in range(6):
            try:
                with transaction.atomic():
                    services.record(actor=operator, event=Noted(number))
                    if number % 2:
                        raise ZeroDivisionError
            except ZeroDivisionError:
                continue
        it.beat()
        assert numbers() == [0, 2, 4]
        assert [seq for seq, *_ in leaves()] == [0, 1, 2]


def test_a_batch_never_splits_a_transaction(
    committed_db: str, postgres: Cluster, operator: Actor, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(placing, "MOST_EVENTS", 10)
    note(operator, *range(4))
    note(operator, *range(4, 29))  # more than a batch
    note(operator, *range(29, 33))
    sizes = []
    with sealing(postgres, committed_db, places) as it:
        log = it.logs["decisions"]
        while log.beat(()):
            sizes.append(len(leaves()))
        assert sizes == [29]
        assert numbers() == list(range(33))


def test_rows_of_a_transaction_stand_behind_its_events(
    committed_db: str, postgres: Cluster, operator: Actor, places: Places
) -> None:
    def write(number: int, rows: int) -> None:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(
                    "INSERT INTO organisation_site (uid, code) "
                    "SELECT gen_random_uuid(), format('uji_%%s_%%s', %s::int, n) "
                    "FROM generate_series(1, %s) n",
                    [number, rows],
                )
            services.record(actor=operator, event=Noted(number))

    write(1, 2)
    write(2, 3)
    with sealing(postgres, committed_db, places) as it:
        it.beat()
        bodies = [json.loads(body) for *_, body in leaves()]
        assert [body["kind"] for body in bodies] == ["example.noted", "ledger.rows"] * 2
        assert bodies[1]["public"] | {"digest": ""} == {
            "by": ["pamong_app"],
            "digest": "",
            "rows": 2,
            "tables": {"organisation_site": 2},
        }
        assert bodies[3]["public"]["rows"] == 3
        it.beat()
        assert len(leaves()) == 4, "a group is told once"


def test_only_one_sequencer_holds_a_log(
    committed_db: str, postgres: Cluster, operator: Actor, places: Places
) -> None:
    with (
        sealing(postgres, committed_db, places),
        sealing(postgres, committed_db, places, start=False) as second,
        pytest.raises(LogBusy, match="sedang dikerjakan penyegel lain"),
    ):
        second.start()


STEPS = [
    (at_work, "write_bundles"),
    (at_work, "write_tiles"),
    (at_work, "drop_partial"),
    (publishing, "_write"),
    (signer, "write_atomically"),
    (at_work, "write_atomically"),
    (at_work.storing, "keep_checkpoint"),
]


@pytest.mark.parametrize(("module", "name"), STEPS, ids=[f"{m.__name__}.{n}" for m, n in STEPS])
@pytest.mark.parametrize("late", [False, True], ids=["before", "after"])
def test_an_end_at_any_step_is_made_good(
    committed_db: str,
    postgres: Cluster,
    operator: Actor,
    places: Places,
    module: Any,
    name: str,
    late: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The step is reached for the last time, done or not, and then the process is no more."""
    note(operator, *range(255))
    with sealing(postgres, committed_db, places) as it:
        it.beat()
        note(operator, 255, 256)
        step: Callable[..., Any] = getattr(module, name)

        def cut(*given: Any, **named: Any) -> None:
            if late:
                step(*given, **named)
            raise KeyboardInterrupt

        with monkeypatch.context() as patched:
            patched.setattr(module, name, cut)
            with pytest.raises(KeyboardInterrupt):
                it.beat()
    note(operator, 257)
    with sealing(postgres, committed_db, places) as it:
        it.beat()
        assert numbers() == list(range(258))
        checkpoint = it.published().checkpoint
        assert checkpoint.size == 258
        assert tree_root(FileTiles(places.folder("decisions")), 258) == checkpoint.root


def test_an_entry_that_was_rewritten_stops_the_start(
    committed_db: str, postgres: Cluster, operator: Actor, places: Places
) -> None:
    note(operator, 0, 1, 2)
    with sealing(postgres, committed_db, places) as it:
        it.beat()
    rewrite(postgres, committed_db)
    with (
        sealing(postgres, committed_db, places, start=False) as it,
        pytest.raises(TreeDisagrees, match="isi catatan nomor 1 tidak sama"),
    ):
        it.start()


def test_a_whole_tree_made_anew_stops_the_start(
    committed_db: str, postgres: Cluster, operator: Actor, places: Places
) -> None:
    """Entry, hash and root are rewritten together: only what was published tells."""
    note(operator, 0, 1, 2)
    with sealing(postgres, committed_db, places) as it:
        it.beat()
    rewrite(postgres, committed_db)
    hashes = [leaf_hash(body.encode()) for *_, body in leaves()]
    as_superuser(
        postgres,
        committed_db,
        "ALTER TABLE ledger_leaf DISABLE TRIGGER ALL",
        *(
            f"UPDATE ledger_leaf SET hash = '\\x{one.hex()}' WHERE seq = {seq}"  # noqa: S608 (our own)
            for seq, one in enumerate(hashes)
        ),
        f"UPDATE ledger_log SET root = '\\x{root_of(hashes).hex()}' WHERE name = 'decisions'",  # noqa: S608
    )
    with (
        sealing(postgres, committed_db, places, start=False) as it,
        pytest.raises(TreeDisagrees, match="3 catatan pertama tidak sama dengan titik segel yang terbit"),
    ):
        it.start()
    places.checkpoint("decisions").unlink()
    with (
        sealing(postgres, committed_db, places, start=False) as it,
        pytest.raises(TreeDisagrees, match="tidak sama dengan yang terakhir ditandatangani"),
    ):
        it.start()


def test_an_older_backup_stops_the_start(
    committed_db: str, postgres: Cluster, operator: Actor, places: Places
) -> None:
    note(operator, 0, 1, 2)
    with sealing(postgres, committed_db, places) as it:
        it.beat()
    as_superuser(
        postgres,
        committed_db,
        "ALTER TABLE ledger_leaf DISABLE TRIGGER ALL",
        "DELETE FROM ledger_leaf WHERE seq = 2",
        "UPDATE ledger_log SET size = 2 WHERE name = 'decisions'",
    )
    with (
        sealing(postgres, committed_db, places, start=False) as it,
        pytest.raises(TreeDisagrees, match="berukuran 3, di basis data tinggal 2 catatan"),
    ):
        it.start()


def test_a_dump_restored_elsewhere_stops_the_start(
    committed_db: str, postgres: Cluster, operator: Actor, places: Places
) -> None:
    """A server numbers its transactions: on another one they begin anew, and would be taken for placed."""
    note(operator, 0)
    with sealing(postgres, committed_db, places) as it:
        it.beat()
    as_superuser(postgres, committed_db, "UPDATE ledger_log SET watermark = watermark + 1000000")
    with (
        sealing(postgres, committed_db, places, start=False) as it,
        pytest.raises(TreeDisagrees, match="dipulihkan dari dump ke peladen lain"),
    ):
        it.start()


def test_the_signer_refuses_what_does_not_continue(
    committed_db: str, postgres: Cluster, operator: Actor, places: Places
) -> None:
    note(operator, 0, 1, 2)
    with sealing(postgres, committed_db, places) as it:
        it.beat()
        at = it.published().checkpoint
        hand = it.logs["decisions"]._signer
        files = FileTiles(places.folder("decisions"))
        with pytest.raises(SignerRefuses, match="tidak boleh mengecil"):
            hand.sign(type(at)(at.origin, 2, at.root), files)
        with pytest.raises(SignerRefuses, match="tidak menyambung"):
            hand.sign(type(at)(at.origin, 3, bytes(32)), files)
        assert hand.sign(at, files), "the same once more is no harm"


def test_a_lost_key_is_told(committed_db: str, postgres: Cluster, operator: Actor, places: Places) -> None:
    note(operator, 0)
    with sealing(postgres, committed_db, places) as it:
        it.beat()
    for path in places.key_files("decisions"):
        path.unlink()
    with (
        sealing(postgres, committed_db, places, start=False) as it,
        pytest.raises(KeyMissing, match="Kembalikan kuncinya"),
    ):
        it.start()


def test_damaged_and_missing_tiles_are_made_again(
    committed_db: str, postgres: Cluster, operator: Actor, places: Places
) -> None:
    note(operator, *range(300))
    with sealing(postgres, committed_db, places) as it:
        it.beat()
        root = it.published().checkpoint.root
    (places.folder("decisions") / "tile/0/000").unlink()
    (places.folder("decisions") / "tile/entries/000").write_bytes(b"rusak")
    with sealing(postgres, committed_db, places):
        files = FileTiles(places.folder("decisions"))
        assert tree_root(files, 300) == root
        assert len(files.entries(0)) == 256
