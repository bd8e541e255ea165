"""What witnesses remember: each is asked to countersign the published checkpoint once more.

A witness that has seen another history refuses, and that is a finding. One that does not answer is none; but
where those who did are not enough by the policy, nobody outside has looked, and the audit does not say that
all is well: whoever rewrites a whole log would only have to wait for, or see to, a silent witness.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from psycopg import Connection

from pamong.ledger.audit.checkpoints import Outside
from pamong.ledger.audit.findings import Finding, FindingKind, Report
from pamong.ledger.audit.looking import LogRow, Means
from pamong.ledger.sequencer.witnesses import Answer, Witness, ask
from pamong.ledger.tree.checkpoints import Checkpoint
from pamong.ledger.tree.errors import TreeError
from pamong.ledger.tree.notes import read_note
from pamong.ledger.tree.tiles import FileTiles, consistency_proof

TRIES = 3  # the sequencer goes on meanwhile, so that a witness may have seen a later checkpoint

_LAST = "SELECT witness, size FROM ledger_witnessanswer WHERE log_id = %s AND good_at IS NOT NULL"


def look_at_witnesses(
    session: Connection[Any], log: LogRow, outside: Outside, means: Means, report: Report
) -> None:
    """Ask every witness of the policy that has an address."""
    if outside.policy is None or means.public is None or log.name not in outside.notes:
        return
    last = {str(name): int(size) for name, size in session.execute(_LAST, [log.name])}
    answers = [
        _asked(Witness(name, one.key, one.url), log, means, last.get(name, 0))
        for name, one in outside.policy.witnesses.items()
        if one.url
    ]
    enough = outside.policy.satisfied([one.witness for one in answers if not one.said])
    for answer in answers:
        _tell(answer, log, report, enough=enough)
    if not enough and not any(answer.said for answer in answers):
        report.unseen.append(
            f"Saksi yang punya alamat belum cukup menurut kebijakan saksi untuk buku '{log.name}'."
        )


def _asked(witness: Witness, log: LogRow, means: Means, old: int) -> Answer:
    assert means.public is not None  # noqa: S101  looked at by the caller
    folder = means.public / log.name
    answer = Answer(witness.name, 0, "")
    for _ in range(TRIES):
        try:
            note = (folder / "checkpoint").read_text()
            point = Checkpoint.parse(read_note(note).text)
        except (OSError, UnicodeDecodeError, TreeError) as error:
            return Answer(witness.name, 0, str(error))
        if point.size <= answer.size and answer.said:
            return answer  # nothing new was published since it refused
        answer = _ask(witness, note, point, folder, old)
        if not answer.alarm:
            return answer
    return answer


def _ask(witness: Witness, note: str, point: Checkpoint, folder: Path, old: int) -> Answer:
    tiles = FileTiles(folder)

    def prove(size: int) -> list[bytes]:
        return consistency_proof(tiles, size, point.size)

    try:
        return ask(witness, note, point.size, min(old, point.size), prove)
    except TreeError as error:
        return Answer(witness.name, point.size, str(error))


def _tell(answer: Answer, log: LogRow, report: Report, *, enough: bool) -> None:
    if not answer.said:
        report.counts["witnesses_agree"] += 1
    elif answer.alarm:
        sentence = f"Saksi '{answer.witness}' tidak mengakui buku '{log.name}'. {answer.said}"
        report.add(Finding(FindingKind.CHECKPOINT, log.name, answer.witness, sentence))
    else:
        silent = f"Saksi '{answer.witness}' belum dapat ditanya tentang buku '{log.name}'. {answer.said}"
        (report.notes if enough else report.unseen).append(silent)
