"""Keys and witnesses of the ledger: changed by two people, told to the log, then written to the files.

The first keeps the machine; the second attends for the inspectorate. The entry names both. What the files say
and no entry told is a finding of the audit.
"""

from __future__ import annotations

from contextlib import ExitStack
from datetime import date
from pathlib import Path

from django.db import transaction

from pamong.access.errors import KeyWaiting, NotAllowed, OneKeyLeft
from pamong.access.events import FirstDayTold, KeyChanged, PolicySet
from pamong.access.policies import require, require_account
from pamong.kernel.actor import Actor
from pamong.kernel.errors import InvalidValue
from pamong.ledger import services as ledger
from pamong.ledger.firstday import keep_first_day
from pamong.ledger.locks import hold_ceremony
from pamong.ledger.sequencer.places import Places
from pamong.ledger.tree.files import write_atomically
from pamong.ledger.tree.notes import SigningKey
from pamong.ledger.tree.policy import Policy

KEEP, ATTEND = "ledger:keys", "ledger:attend"
RETIRED = ".retired"


def set_policy(*, actor: Actor, second: Actor, places: Places, text: str, ground: str) -> list[str]:
    """Put a policy in force. Returns what is weak in it, as sentences. NotAllowed; PolicyError for one that
    can't be read; InvalidValue where it leaves out a log's present key, or a ground is missing."""
    attended_by = _two(actor, second, ground)
    policy = Policy.parse(text)
    with ExitStack() as undo:
        with transaction.atomic():
            hold_ceremony()
            _require_present_keys(places, policy)
            ledger.record(actor=actor, event=PolicySet(text, ground.strip(), attended_by))
            _put(places.policy, text.encode(), undo)
        undo.pop_all()
    return list(_weak(policy))


def set_first_day(*, actor: Actor, second: Actor, on: date, ground: str) -> None:
    """Set the first day of the site, for good: from then on rows of careers rest on two people or a decision,
    and files and opening data are refused. NotAllowed, FirstDaySet, InvalidValue without a ground."""
    attended_by = _two(actor, second, ground)
    with transaction.atomic():
        hold_ceremony()
        keep_first_day(on, actor.name)
        ledger.record(actor=actor, event=FirstDayTold(on, ground.strip(), attended_by))


def add_key(*, actor: Actor, second: Actor, places: Places, log: str, ground: str) -> str:
    """Make a new key that signs beside the present one; its public key. NotAllowed, KeyWaiting."""
    attended_by = _two(actor, second, ground)
    _require_log(places, log)
    key = SigningKey.generate(places.origin(log))
    with ExitStack() as undo:
        with transaction.atomic():
            hold_ceremony()
            if len(places.key_files(log)) > 1:
                raise KeyWaiting(log)
            ledger.record(actor=actor, event=KeyChanged(log, key.vkey, True, ground.strip(), attended_by))
            path = places.new_key_file(log)
            _put(places.policy, f"log {key.vkey}\n".encode() + places.policy.read_bytes(), undo)
            key.save(path)
            undo.callback(path.unlink, missing_ok=True)  # none but the one that was just made
        undo.pop_all()
    return key.vkey


def retire_key(*, actor: Actor, second: Actor, places: Places, log: str, ground: str) -> str:
    """Let the older of two keys sign no more; its public key. It stays in the policy: what it signed holds.

    NotAllowed, OneKeyLeft.
    """
    attended_by = _two(actor, second, ground)
    _require_log(places, log)
    with ExitStack() as undo:
        with transaction.atomic():
            hold_ceremony()
            files = places.key_files(log)
            if len(files) < 2:
                raise OneKeyLeft(log)
            vkey = SigningKey.load(files[0]).vkey
            ledger.record(actor=actor, event=KeyChanged(log, vkey, False, ground.strip(), attended_by))
            put_away = files[0].rename(files[0].with_name(files[0].name + RETIRED))
            undo.callback(put_away.rename, files[0])
        undo.pop_all()
    return vkey


def _put(path: Path, data: bytes, undo: ExitStack) -> None:
    """Write a file. ``undo`` puts back what stood there: where the entry that tells of it fails."""
    if path.exists():
        undo.callback(write_atomically, path, path.read_bytes())
    else:
        undo.callback(path.unlink, missing_ok=True)
    write_atomically(path, data)


def _two(actor: Actor, second: Actor, ground: str) -> int:
    """The account of who attends. NotAllowed unless two people with the right parts stand here."""
    first, other = require_account(actor), require_account(second)
    require(actor, KEEP)
    require(second, ATTEND)
    if first == other:
        raise NotAllowed("Kunci dan saksi diubah oleh dua orang. Ajak seorang dari inspektorat.")
    if not ground.strip():
        raise InvalidValue("Sebutkan dasarnya: nomor dan tanggal berita acara.")
    return other


def _require_log(places: Places, log: str) -> None:
    if log not in places.logs:
        raise InvalidValue(f"Buku segel '{log}' tidak ada. Yang ada: {', '.join(places.logs)}.")


def _require_present_keys(places: Places, policy: Policy) -> None:
    listed = {log.key.vkey for log in policy.logs}
    for log in places.logs:
        for path in places.key_files(log):
            if SigningKey.load(path).vkey not in listed:
                raise InvalidValue(
                    f"Kebijakan ini tidak memuat kunci buku segel '{log}' yang sedang dipakai. Salin baris "
                    "'log' dari kebijakan yang sekarang."
                )


def _weak(policy: Policy) -> list[str]:
    found = []
    if not policy.witnesses:
        found.append("Belum ada saksi luar: yang mengubah isi basis data dan memegang kunci tidak terlihat.")
    elif not policy.needs_outsider():
        found.append(
            "Kuorum dapat terpenuhi tanpa saksi dari kelompok 'luar', yaitu yang tidak di bawah kepala "
            "daerah yang sama."
        )
    return found
