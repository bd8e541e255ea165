"""What ``pamong doctor`` looks at of the ledger: the sequencer at work, witnesses, law in force."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from pamong.cli.doctor import Check
from pamong.kernel.actor import Actor

if TYPE_CHECKING:
    from pamong.ledger.queries import LogState

MINUTE = timedelta(minutes=1)


def ledger_checks(actor: Actor) -> Iterator[Check]:
    """The sequencer, the witnesses, the law in force."""
    from pamong.access import clock
    from pamong.ledger.queries import ledger_state

    at = clock.stamped(clock.now())
    logs = ledger_state(actor=actor, at=at).logs
    yield _sequencer(logs, at)
    yield _witnesses(logs)
    yield check_law(actor)


def _sequencer(logs: Sequence[LogState], at: datetime) -> Check:
    """Do entries get their place within a minute?"""
    since = [log.waiting_since for log in logs if log.waiting_since is not None]
    late = any(log.late for log in logs)
    minutes = max(((at - each) // MINUTE for each in since), default=0)
    waits = f"catatan menunggu {minutes} menit" if since else "titik segel tertunda"
    found = waits if late else "catatan tersegel"
    remedy = "Jalankan 'pamong sequencer' (sudah ada dalam 'pamong serve') dan lihat pesannya."
    return Check("Buku segel", not late, found, remedy)


def _witnesses(logs: Sequence[LogState]) -> Check:
    """Did every witness countersign when it was asked last?"""
    silent = sorted({one.name for log in logs for one in log.witnesses if one.said})
    found = f"tidak ikut menandatangani: {', '.join(silent)}" if silent else "tidak ada yang tertinggal"
    return Check("Saksi luar", not silent, found, "Lihat halaman Buku segel, lalu hubungi saksinya.")


def check_law(actor: Actor) -> Check:
    """Are the law's files those that were put in force?"""
    from django.conf import settings

    from pamong.pay.queries import find_law_in_force, list_law_changes

    if find_law_in_force(actor=actor) is None:
        return Check("Aturan hitung", False, "belum diberlakukan", "Jalankan: pamong serve")
    changed = list_law_changes(
        actor=actor, profile=settings.PAMONG_PROFILE, overlay=settings.PAMONG_LAW_OVERLAY
    )
    found = f"{len(changed)} berkas berubah sejak diberlakukan" if changed else "seperti yang diberlakukan"
    remedy = "Periksa perubahannya, lalu usulkan: pamong --as PENGGUNA law adopt --ground DOKUMEN"
    return Check("Aturan hitung", not changed, found, remedy)
