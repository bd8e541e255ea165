"""What ``pamong doctor`` looks at of the ledger: the sequencer at work, witnesses, law in force."""

from __future__ import annotations

from typing import Any

from pamong.cli.doctor import Check
from pamong.kernel.actor import Actor

LATE_SECONDS = 60

_LAG = """
    SELECT COALESCE(extract(epoch FROM clock_timestamp() - min(i.at)), 0)::bigint FROM ledger_intake i
    LEFT JOIN ledger_log g ON g.name = i.log
    WHERE i.xid >= COALESCE(g.watermark, 0)
      AND NOT EXISTS (SELECT 1 FROM ledger_leaf l WHERE l.intake_id = i.id)"""
_WITNESSES = "SELECT DISTINCT witness FROM ledger_witnessanswer WHERE said <> '' ORDER BY witness"


def check_sequencer(cursor: Any) -> Check:
    """Do entries get their place within a minute?"""
    cursor.execute(_LAG)
    seconds = int(cursor.fetchone()[0])
    found = "catatan tersegel" if seconds <= LATE_SECONDS else f"catatan menunggu {seconds // 60} menit"
    remedy = "Jalankan 'pamong sequencer' (sudah ada dalam 'pamong serve') dan lihat pesannya."
    return Check("Buku segel", seconds <= LATE_SECONDS, found, remedy)


def check_witnesses(cursor: Any) -> Check:
    """Did every witness countersign when it was asked last?"""
    cursor.execute(_WITNESSES)
    silent = [row[0] for row in cursor.fetchall()]
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
    remedy = "Periksa perubahannya, lalu: pamong --as PENGGUNA law adopt --ground DOKUMEN"
    return Check("Aturan hitung", not changed, found, remedy)
