"""Sizes and roots that are kept outside the leaves: by the database, as files, by the signer, by outsiders.

Whoever rewrites the log can rewrite some of these with it. What witnesses and outsiders hold he can't.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from psycopg import Connection

from pamong.ledger.audit.findings import Finding, FindingKind, Place, Report
from pamong.ledger.audit.looking import Held, LogRow, Means, Progress
from pamong.ledger.audit.sessions import stream
from pamong.ledger.sequencer.signer import read_memory
from pamong.ledger.tree.checkpoints import Checkpoint, open_checkpoint
from pamong.ledger.tree.errors import NoteError, TreeError
from pamong.ledger.tree.keys import VerifierKey
from pamong.ledger.tree.notes import add_signatures, open_note, read_note, read_signatures
from pamong.ledger.tree.policy import Policy
from pamong.ledger.tree.tiles import FileTiles, tree_root

PUBLISHED, SIGNER = "titik segel yang terbit", "ingatan penanda tangan"
STEP = 1 << 10

_STORED = """
    SELECT c.id, c.size, c.note, c.at, x.witness, x.line FROM ledger_checkpoint c
    LEFT JOIN ledger_cosignature x ON x.checkpoint_id = c.id WHERE c.log_id = %s ORDER BY c.size, x.id"""
_SIZES = "SELECT DISTINCT size FROM ledger_checkpoint WHERE log_id = %s"


@dataclass
class Outside:
    """What was read before the database: of each log its held checkpoints, and the policy."""

    held: dict[str, list[Held]] = field(default_factory=dict)
    policy: Policy | None = None
    notes: dict[str, str] = field(default_factory=dict)

    def keys(self, origin: str) -> tuple[VerifierKey, ...]:
        """The keys that sign a log, by the policy."""
        return self.policy.log_keys(origin) if self.policy else ()


def gather(origins: Mapping[str, str], means: Means, report: Report) -> Outside:
    """Read files before the snapshot, so that the database is never older than they are.

    ``origins``: of each log that the database knows its origin.
    """
    outside = Outside()
    if means.public is None:
        report.unseen.append(
            "Folder terbitan buku segel tidak disebut, jadi titik segelnya belum dicocokkan."
        )
    else:
        outside.policy = _policy(means.public, report)
    for name in sorted({*origins, *_names(means)}):
        outside.held[name] = list(_files(name, origins.get(name, ""), means, outside, report))
    for who, note in means.held:
        _outsiders(who, note, origins, outside, report)
    return outside


def look_at_held(log: LogRow, held: Sequence[Held], roots: Mapping[int, bytes], report: Report) -> None:
    """Every checkpoint that somebody holds against the tree that was computed again."""
    for one in held:
        point = one.checkpoint
        if point.origin and point.origin != log.origin:
            report.add(
                Finding(
                    FindingKind.CHECKPOINT, log.name, str(point.size),
                    f"Buku '{log.name}' bernama '{log.origin}', tetapi {one.who} bernama '{point.origin}'.",
                )
            )  # fmt: skip
        if point.size > log.size:
            report.add(
                Finding(
                    FindingKind.ROLLED_BACK, log.name, str(point.size),
                    f"{_upper(one.who)} memuat {point.size} catatan, di basis data tinggal {log.size}. "
                    "Catatan dihapus dari ujung, atau cadangan lama dipulihkan.",
                    {"size": str(point.size)}, {"size": str(log.size)},
                )
            )  # fmt: skip
        elif point.size and roots.get(point.size) != point.root:
            _rewritten(log, point, one.who, roots, report)


def look_at_stored(
    session: Connection[Any],
    log: LogRow,
    outside: Outside,
    roots: Mapping[int, bytes],
    report: Report,
    progress: Progress,
) -> None:
    """The checkpoints and countersignatures that the database keeps."""
    _Stored(log, outside, roots, report).run(session, progress)


def sizes_of(session: Connection[Any], log: LogRow, held: Sequence[Held]) -> list[int]:
    """The sizes at which the root is needed."""
    stored = [row[0] for row in session.execute(_SIZES, [log.name])]
    return [size for size in (*stored, *(one.checkpoint.size for one in held)) if size <= log.size]


def look_at_files(log: LogRow, outside: Outside, means: Means, report: Report) -> None:
    """Whether the published tiles give the published root, by which outsiders make their proofs."""
    for one in outside.held.get(log.name, ()):
        if one.who != PUBLISHED or means.public is None or not one.checkpoint.size:
            continue
        try:
            root = tree_root(FileTiles(means.public / log.name), one.checkpoint.size)
        except TreeError as error:
            report.add(Finding(FindingKind.PUBLISHED, log.name, "", str(error)))
            continue
        if root != one.checkpoint.root:
            sentence = f"Berkas ubin buku '{log.name}' tidak menghasilkan akar titik segel yang terbit."
            report.add(Finding(FindingKind.PUBLISHED, log.name, str(one.checkpoint.size), sentence))


class _Stored:
    def __init__(self, log: LogRow, outside: Outside, roots: Mapping[int, bytes], report: Report) -> None:
        self._log, self._roots, self._report = log, roots, report
        self._keys = outside.keys(log.origin)
        policy = outside.policy
        self._witnesses = {name: one.key for name, one in policy.witnesses.items()} if policy else {}
        self._last = 0
        self._wrong: list[tuple[int, int]] = []

    def run(self, session: Connection[Any], progress: Progress) -> None:
        at = None
        for place, (id_, size, note, _, witness, line) in enumerate(
            stream(session, _STORED, [self._log.name])
        ):
            if id_ != at:
                at = id_
                self._checkpoint(size, note)
            if line is not None:
                self._cosignature(size, note, witness, line)
            if place % STEP == 0:
                progress(f"Memeriksa titik segel buku '{self._log.name}'", place, 0)
        self._tell()

    def _checkpoint(self, size: int, note: str) -> None:
        self._report.counts["checkpoints"] += 1
        try:
            point = Checkpoint.parse(read_note(note).text)
        except TreeError as error:
            self._signature(size, f"Titik segel ukuran {size} yang tersimpan rusak. {error}")
            return
        if (point.size, point.origin) != (size, self._log.origin):
            self._signature(size, f"Titik segel ukuran {size} yang tersimpan milik buku atau ukuran lain.")
        elif size > self._log.size or self._roots.get(size) != point.root:
            self._wrong.append((self._last, size))
        else:
            self._last = size
        self._signed(size, note)

    def _signed(self, size: int, note: str) -> None:
        """A key that the policy no longer names can't be asked; one that it names must hold."""
        if not self._keys:
            return
        try:
            open_note(note, self._keys)
        except NoteError as error:
            if error.reason == "unsigned":
                self._report.counts["checkpoints_by_older_keys"] += 1
            else:
                self._signature(size, f"Tanda tangan titik segel ukuran {size} tidak sah. {error}")

    def _cosignature(self, size: int, note: str, witness: str, line: str) -> None:
        key = self._witnesses.get(witness)
        if key is None:
            return
        self._report.counts["cosignatures"] += 1
        try:
            open_note(add_signatures(note, read_signatures(line)), [key])
        except TreeError as error:
            self._signature(size, f"Tanda tangan saksi '{witness}' pada ukuran {size} tidak sah. {error}")

    def _signature(self, size: int, sentence: str) -> None:
        self._report.add(Finding(FindingKind.SIGNATURE, self._log.name, str(size), sentence))

    def _tell(self) -> None:
        """All later checkpoints disagree as well: the first one tells where it begins."""
        if not self._wrong:
            return
        before, size = self._wrong[0]
        self._report.add(
            Finding(
                FindingKind.CHECKPOINT, self._log.name, str(size),
                f"{len(self._wrong)} titik segel yang tersimpan tidak cocok dengan buku '{self._log.name}', "
                f"yang pertama pada ukuran {size}: di antara catatan nomor {before} dan {size - 1} ada yang "
                "ditulis ulang.",
                since=Place(self._log.name, size - 1),
            )
        )  # fmt: skip


def _rewritten(log: LogRow, point: Checkpoint, who: str, roots: Mapping[int, bytes], report: Report) -> None:
    now = roots.get(point.size)
    report.add(
        Finding(
            FindingKind.CHECKPOINT, log.name, str(point.size),
            f"{_upper(who)} pada ukuran {point.size} menyebut akar lain daripada buku '{log.name}' sekarang: "
            "ada catatan yang ditulis ulang.",
            {"root": point.root.hex()}, {"root": now.hex() if now else None},
        )
    )  # fmt: skip


def _names(means: Means) -> set[str]:
    """Logs that files know, also where the database has forgotten them."""
    found: set[str] = set()
    if means.public and means.public.is_dir():
        found |= {path.parent.name for path in means.public.glob("*/checkpoint")}
    if means.memory and means.memory.is_dir():
        found |= {path.name.removesuffix(".signed") for path in means.memory.glob("*.signed")}
    return found


def _policy(public: Path, report: Report) -> Policy | None:
    try:
        return Policy.parse((public / "policy").read_bytes())
    except OSError:
        report.unseen.append(
            f"Kebijakan saksi di '{public / 'policy'}' tidak terbaca, jadi tanda tangan belum diperiksa."
        )
    except TreeError as error:
        report.add(Finding(FindingKind.PUBLISHED, "policy", "", str(error)))
    return None


def _files(name: str, origin: str, means: Means, outside: Outside, report: Report) -> Iterator[Held]:
    if means.public is not None:
        path = means.public / name / "checkpoint"
        try:
            note = path.read_bytes().decode()
            outside.notes[name] = note
            yield Held(PUBLISHED, _opened(note, outside.keys(origin)), note)
        except OSError:
            report.unseen.append(f"Titik segel di '{path}' tidak terbaca, jadi belum dicocokkan.")
        except (TreeError, UnicodeDecodeError) as error:
            report.add(
                Finding(FindingKind.SIGNATURE, name, "", f"Titik segel di '{path}' tidak sah. {error}")
            )
    if means.memory is not None:
        try:
            signed = read_memory(means.memory / f"{name}.signed")
        except (OSError, ValueError) as error:
            report.unseen.append(f"Ingatan penanda tangan buku '{name}' tidak terbaca. {error}")
        else:
            yield Held(SIGNER, Checkpoint("", signed.size, signed.root))


def _opened(note: str, keys: Sequence[VerifierKey]) -> Checkpoint:
    """The checkpoint; verified, where the policy names keys of the log."""
    return open_checkpoint(note, keys).checkpoint if keys else Checkpoint.parse(read_note(note).text)


def _outsiders(who: str, note: str, origins: Mapping[str, str], outside: Outside, report: Report) -> None:
    """A checkpoint that somebody brings counts only if the log, or a witness, has signed it."""
    keys = [log.key for log in outside.policy.logs] if outside.policy else []
    keys += outside.policy.witness_keys() if outside.policy else []
    try:
        point = Checkpoint.parse(open_note(note, keys).text)
    except TreeError as error:
        report.unseen.append(f"Titik segel dari '{who}' tidak dapat dipakai. {error}")
        return
    names = [name for name, origin in origins.items() if origin == point.origin]
    if not names:
        report.add(
            Finding(
                FindingKind.CHECKPOINT, point.origin, str(point.size),
                f"Titik segel dari '{who}' milik buku '{point.origin}', yang tidak ada di basis data ini.",
            )
        )  # fmt: skip
        return
    outside.held[names[0]].append(Held(f"titik segel dari '{who}'", point, note))


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
