"""The law in force: its files as they are now against the newest entry that says which they are."""

from __future__ import annotations

from pamong.law.engine.files import law_files
from pamong.ledger.audit.findings import Finding, FindingKind, Report
from pamong.ledger.audit.looking import Means, Told


def look_at_law(means: Means, told: Told, report: Report) -> None:
    """Every file, both ways. An installation that has said nothing of its law yet has nothing to compare."""
    if told.law is None:
        return
    try:
        now = law_files(str(told.law["profile"]), means.overlay)
    except OSError as error:
        report.unseen.append(f"Berkas aturan '{error.filename}' tidak terbaca, jadi aturan belum dicocokkan.")
        return
    sealed = dict(told.law["files"])
    report.counts["law_files"] = len(sealed)
    for path in sorted(sealed.keys() | now.keys()):
        if sealed.get(path) != now.get(path):
            report.add(_finding(path, sealed.get(path), now.get(path)))


def _finding(path: str, before: str | None, now: str | None) -> Finding:
    what = "diubah" if before and now else "ditambahkan" if now else "dihapus"
    return Finding(
        FindingKind.LAW, "rules", path,
        f"Berkas aturan '{path}' {what} sesudah diberlakukan di buku segel.",
        {"sha256": before}, {"sha256": now},
    )  # fmt: skip
