"""Law and policy in force: the files as they are now against the newest entries that say which they are."""

from __future__ import annotations

from pamong.law.engine.files import law_files
from pamong.ledger.audit.findings import Finding, FindingKind, Report
from pamong.ledger.audit.looking import Means, Told
from pamong.ledger.sequencer.places import POLICY


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


def look_at_policy(means: Means, told: Told, report: Report) -> None:
    """The published policy against the one that was decided last. Who has decided none has the first one."""
    if told.policy is None or means.public is None:
        return
    path = means.public / POLICY
    now = path.read_text("utf-8", "replace") if path.is_file() else ""
    if now != told.policy:
        sentence = "Kebijakan saksi yang terbit ('policy') bukan yang ditetapkan di buku segel."
        report.add(
            Finding(FindingKind.PUBLISHED, "rules", POLICY, sentence, {"isi": told.policy}, {"isi": now})
        )


def _finding(path: str, before: str | None, now: str | None) -> Finding:
    what = "diubah" if before and now else "ditambahkan" if now else "dihapus"
    return Finding(
        FindingKind.LAW, "rules", path,
        f"Berkas aturan '{path}' {what} sesudah diberlakukan di buku segel.",
        {"sha256": before}, {"sha256": now},
    )  # fmt: skip
