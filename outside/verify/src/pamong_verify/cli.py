"""``pamong-verify``: the command line. It asks no network; only the policy file says whom to believe."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Never

from pamong_verify.checkpoints import Checkpoint, read_checkpoint
from pamong_verify.entries import load_json, matches
from pamong_verify.extras import CONTENT, attachments, qr_text
from pamong_verify.faults import Fault, Refused
from pamong_verify.files import read
from pamong_verify.logdir import LogDirectory, require_continuation, require_same_log, verify_log
from pamong_verify.notes import Key, parse_vkey
from pamong_verify.policy import Policy, judge, parse_policy
from pamong_verify.proofs import verify_proof, verify_qr
from pamong_verify.receipts import judge_absence, read_receipt
from pamong_verify.words import Report, as_json, as_text, date_words, genuine, strength

WRONG_CALL = 2


def proof(given: argparse.Namespace, policy: Policy) -> Report:
    """A proof file."""
    return genuine(verify_proof(read(given.file), policy))


def qr(given: argparse.Namespace, policy: Policy) -> Report:
    """The text of a QR, or a picture of one."""
    if given.image:
        return genuine(verify_qr(qr_text(given.image), policy))
    text = sys.stdin.buffer.read(1 << 20).decode("ascii", "replace") if given.text == "-" else given.text
    return genuine(verify_qr(text, policy))


def pdf(given: argparse.Namespace, policy: Policy) -> Report:
    """A PDF with its proof and its content attached."""
    attached, data = attachments(given.file)
    proven = verify_proof(attached, policy)
    if not matches(proven.said, data):
        raise Refused(Fault.OTHER_DOCUMENT, f"lampiran {CONTENT} bukan isi yang dibuktikan")
    document = load_json(data, CONTENT, strict=False)
    report = genuine(proven, document)
    report.data["document"] = document
    return report


def log(given: argparse.Namespace, policy: Policy) -> Report:
    """A whole log directory, perhaps against an older checkpoint."""
    directory = LogDirectory(given.folder)
    old = judge(_checkpoint(given.old), policy, str(given.old)) if given.old else None
    if old:
        require_same_log(old.checkpoint, directory.checkpoint(policy).checkpoint)
    judged, roots = verify_log(directory, policy, {old.checkpoint.size} if old else frozenset())
    report = strength(judged)
    report.headline = "LOG UTUH: seluruh isinya cocok dengan titik segelnya"
    if old:
        require_continuation(old.checkpoint, roots)
        report.lines.append(("Lanjutan dari", f"titik segel dengan {old.checkpoint.size} catatan"))
        report.data["continues"] = old.checkpoint.size
    return report


def checkpoints(given: argparse.Namespace, policy: Policy) -> Report:
    """Two checkpoints: is the second the continuation of the first?"""
    old = judge(_checkpoint(given.old), policy, str(given.old)).checkpoint
    judged = judge(_checkpoint(given.new), policy, str(given.new))
    new = judged.checkpoint
    require_same_log(old, new)
    relation = "equal" if old.size == new.size else "grown"
    if relation == "grown":
        _require_roots(given.log, policy, old.size, new.size, {old.size: old.root, new.size: new.root})
    report = strength(judged)
    report.headline = "SAMA" if relation == "equal" else "LANJUTAN: log bertambah, catatan lama tetap"
    report.data |= {"relation": relation, "old_size": old.size}
    return report


def _require_roots(folder: Path | None, policy: Policy, old: int, new: int, wanted: dict[int, bytes]) -> None:
    if folder is None:
        raise Refused(Fault.TOO_EARLY, f"dari {old} ke {new} catatan perlu salinan log (--log FOLDER)")
    kept, roots = verify_log(LogDirectory(folder), policy, set(wanted))
    if kept.checkpoint.size < new:
        raise Refused(Fault.TOO_EARLY, f"salinan log baru {kept.checkpoint.size} catatan, perlu {new}")
    for size, expected in wanted.items():
        if roots[size] != expected:
            raise Refused(Fault.FORKED, f"log {kept.checkpoint.origin}, akar pada ukuran {size} berbeda")


def receipt(given: argparse.Namespace, policy: Policy) -> Report:
    """A receipt against a copy of its log."""
    promised = read_receipt(read(given.file), _key(given.key))
    places: list[int] = []

    def see(place: int, hashed: bytes) -> None:
        if hashed == promised.leaf:
            places.append(place)

    judged, _ = verify_log(LogDirectory(given.log), policy, see=see)
    if judged.checkpoint.origin != promised.origin:
        raise Refused(Fault.OTHER_DOCUMENT, f"tanda terima untuk log {promised.origin}")
    if not places:
        copied = int((given.log / "checkpoint").stat().st_mtime)
        times = (judged.quorum_time, judged.latest_time, copied)
        raise judge_absence(promised, next(time for time in times if time is not None))
    report = strength(judged)
    report.headline = f"TERCATAT: janji pada tanda terima ditepati, nomor {places[0]}"
    report.lines.append(("Dijanjikan", date_words(promised.time)))
    report.data |= {"index": places[0], "kind": promised.kind}
    return report


def _checkpoint(path: Path) -> Checkpoint:
    return read_checkpoint(read(path), str(path))


def _key(text: str) -> Key:
    try:
        return parse_vkey(text)
    except ValueError as error:
        raise Refused(Fault.UNREADABLE, "kunci pada --key") from error


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> Never:
        self.print_usage(sys.stderr)
        sys.stderr.write("Perintahnya keliru atau kurang lengkap; tambahkan --help untuk penjelasan.\n")
        raise SystemExit(WRONG_CALL)


def parser() -> argparse.ArgumentParser:
    """The commands and what they take."""
    top = _Parser(prog="pamong-verify", description="Memeriksa bukti buku segel tanpa jaringan.")
    commands = top.add_subparsers(required=True, metavar="PERINTAH", title="perintah", parser_class=_Parser)

    def command(name: str, run: object, line: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=line, description=line)
        added.add_argument(
            "--policy", type=Path, required=True, help="berkas kebijakan: siapa yang dipercaya"
        )
        added.add_argument("--json", action="store_true", help="keluaran untuk program")
        added.set_defaults(run=run)
        return added

    command("proof", proof, "Berkas bukti (.tlog-proof).").add_argument("file", type=Path)
    picked = command("qr", qr, "Teks kode QR, atau gambarnya.").add_mutually_exclusive_group(required=True)
    picked.add_argument("text", nargs="?", help="alamat dan angka, atau - untuk masukan baku")
    picked.add_argument("--image", type=Path, help="gambar yang memuat kode QR")
    command("pdf", pdf, "Dokumen PDF dengan buktinya.").add_argument("file", type=Path)
    whole = command("log", log, "Seluruh folder log.")
    whole.add_argument("folder", type=Path)
    whole.add_argument("--old", type=Path, help="titik segel lama yang harus menjadi awalnya")
    two = command("checkpoints", checkpoints, "Dua titik segel: lanjutan, atau bercabang?")
    two.add_argument("old", type=Path)
    two.add_argument("new", type=Path)
    two.add_argument("--log", type=Path, help="folder salinan log")
    promise = command("receipt", receipt, "Tanda terima: sudah tercatat, atau menjadi bukti?")
    promise.add_argument("file", type=Path)
    promise.add_argument("--log", type=Path, required=True, help="folder salinan log")
    promise.add_argument("--key", required=True, help="kunci tanda terima situs (vkey)")
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit status."""
    given = parser().parse_args(argv)
    write = as_json if given.json else as_text
    try:
        report: Report = given.run(given, parse_policy(read(given.policy, 1 << 20)))
        text = write(report)
    except (Refused, RecursionError) as error:
        known = error if isinstance(error, Refused) else Refused(Fault.UNREADABLE, "isinya terlalu bersusun")
        report = Report("TIDAK DAPAT DIBENARKAN", fault=known.fault, where=known.where)
        text = write(report)
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")
    sys.stdout.flush()
    return report.fault.status if report.fault else 0
