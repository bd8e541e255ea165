"""The witness's folder: its name and logs (TOML), and its private key."""

from __future__ import annotations

import os
import secrets
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pamong_verify.notes import COSIGNATURE, NOTE, Key, cosigned, decode, encode, is_name, parse_vkey
from pamong_witness.errors import Misconfigured

CONFIG, KEY, STATE = "witness.toml", "witness.key", "witness.sqlite"
_PREFIX = "PRIVATE+KEY+"


@dataclass(frozen=True)
class Signer:
    """The witness's key pair."""

    key: Key
    private: Ed25519PrivateKey

    def cosign(self, text: str, time: int) -> str:
        """One signature line over a checkpoint's text, with its newline."""
        blob = self.key.id + time.to_bytes(8, "big") + self.private.sign(cosigned(text, time))
        return f"— {self.key.name} {encode(blob)}\n"


@dataclass(frozen=True)
class Config:
    """What the operator decided: name, logs by origin, key file and state file."""

    name: str
    logs: dict[str, tuple[Key, ...]]
    key: Path
    state: Path


def read_config(path: Path) -> Config:
    """Read ``witness.toml``; files named in it stand beside it."""
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise Misconfigured(f"Berkas setelan {path} tidak dapat dibaca. Buat dengan: init.") from error
    name, files = table.get("name"), [table.get("key", KEY), table.get("state", STATE)]
    if not isinstance(name, str) or not is_name(name) or not all(isinstance(file, str) for file in files):
        raise Misconfigured(f"Setelan 'name', 'key', atau 'state' pada {path} keliru. Perbaiki dahulu.")
    return Config(name, _logs(table.get("log", []), path), path.parent / files[0], path.parent / files[1])


def _logs(rows: Any, path: Path) -> dict[str, tuple[Key, ...]]:
    logs: dict[str, tuple[Key, ...]] = {}
    try:
        for row in rows:
            key = log_key(row["vkey"])
            logs[key.name] = (*logs.get(key.name, ()), key)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Misconfigured(f"Ada 'vkey' log yang keliru pada {path}. Salin lagi dari log itu.") from error
    return logs


def log_key(vkey: str) -> Key:
    """The key of a log; ValueError if it can't be one."""
    key = parse_vkey(vkey)
    if key.kind != NOTE:
        raise ValueError("not a log's key")
    return key


def read_signer(config: Config) -> Signer:
    """Read the private key; its name must be the witness's."""
    try:
        text = config.key.read_text("utf-8").strip()
        name, key_id, blob = text.removeprefix(_PREFIX).split("+", 2)
        data = decode(blob, 33)
        signer = _signer(name, data[1:])
        if not text.startswith(_PREFIX) or data[0] != COSIGNATURE or key_id != signer.key.id.hex():
            raise ValueError("key")
    except (OSError, ValueError) as error:
        raise Misconfigured(f"Kunci {config.key} tidak dapat dibaca atau rusak.") from error
    if name != config.name:
        raise Misconfigured(f"Kunci {config.key} milik saksi {name}, bukan {config.name}.")
    return signer


def _signer(name: str, seed: bytes) -> Signer:
    private = Ed25519PrivateKey.from_private_bytes(seed)
    raw = private.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return Signer(Key(name, COSIGNATURE, raw), private)


def make_key(path: Path, name: str) -> Signer:
    """Make a key in a new file that only its owner can read."""
    seed = secrets.token_bytes(32)
    signer = _signer(name, seed)
    text = f"{_PREFIX}{name}+{signer.key.id.hex()}+{encode(bytes([COSIGNATURE]) + seed)}\n"
    _write_new(path, text, 0o600)
    return signer


def write_config(path: Path, name: str, vkeys: Sequence[str]) -> None:
    """Write a new ``witness.toml``."""
    logs = "".join(f'\n[[log]]\nvkey = "{vkey}"\n' for vkey in vkeys) or '\n# [[log]]\n# vkey = "..."\n'
    _write_new(path, f'name = "{name}"\nkey = "{KEY}"\nstate = "{STATE}"\n{logs}', 0o644)


def _write_new(path: Path, text: str, mode: int) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)
