"""``pamong-witness``: make a witness, run it, look at it."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from pamong_verify.notes import is_name
from pamong_witness.config import (
    CONFIG,
    KEY,
    STATE,
    Config,
    log_key,
    make_key,
    read_config,
    read_signer,
    write_config,
)  # fmt: skip
from pamong_witness.errors import Misconfigured
from pamong_witness.server import Server
from pamong_witness.state import State
from pamong_witness.witness import Witness

WRONG = 1


def init(given: argparse.Namespace) -> None:
    """Make folder, key, state and settings; print what the log's operator needs."""
    if not is_name(given.name) or not _is_safe(given.name):
        raise Misconfigured("Nama saksi tidak boleh kosong atau memuat spasi, tanda +, kutip, atau miring.")
    try:
        for vkey in given.log:
            log_key(vkey)
            if not _is_safe(vkey):
                raise ValueError("vkey")
    except ValueError as error:
        raise Misconfigured("Kunci log (--log) keliru. Salin lagi dari log itu.") from error
    try:
        given.folder.mkdir(parents=True, exist_ok=True)
        signer = make_key(given.folder / KEY, given.name)
        State(given.folder / STATE).create()
        write_config(given.folder / CONFIG, given.name, given.log)
    except FileExistsError as error:
        raise Misconfigured(f"Di {given.folder} sudah ada saksi. Pilih folder lain.") from error
    except OSError as error:
        raise Misconfigured(f"Folder {given.folder} tidak dapat ditulis.") from error
    _print(f"Saksi dibuat di {given.folder}. Kuncinya: {given.folder / KEY} (jangan disalin ke mesin lain).")
    _print_policy(signer.key.name, signer.key.vkey())


def _is_safe(text: str) -> bool:
    """Whether it can stand between the quotes of a TOML text as it is."""
    return text.isprintable() and not set(text) & set('"\\')


def _print_policy(name: str, vkey: str) -> None:
    first, _, rest = name.partition(".")
    short = rest.partition(".")[0] if first in ("saksi", "witness") and rest else first  # whose it is
    _print(f"\nKunci umum (vkey), kirimkan kepada pengelola log:\n{vkey}\n")
    _print("Baris untuk berkas kebijakan:")
    _print(f"witness {short} {vkey} https://{name}/\ngroup luar any {short}\nquorum luar")


def serve(given: argparse.Namespace) -> None:
    """Run until the process is ended."""
    config = read_config(given.config)
    signer, state = read_signer(config), State(config.state)
    state.check()
    witness = Witness(config.logs, signer, state, lambda: int(time.time()))
    try:
        server = Server((given.host, given.port), witness)
    except (OSError, OverflowError) as error:
        raise Misconfigured(
            f"Alamat {given.host}:{given.port} tidak dapat dipakai. Pilih yang lain."
        ) from error
    _print(f"Saksi {config.name} untuk {len(config.logs)} log: http://{given.host}:{server.server_port}/")
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        _print("Saksi berhenti.")


def status(given: argparse.Namespace) -> None:
    """What the witness saw last of each log."""
    config = read_config(given.config)
    signer, state = read_signer(config), State(config.state)
    state.check()
    _print(f"Saksi: {config.name}\nvkey: {signer.key.vkey()}")
    for origin in config.logs:
        _print(_line(config, state, origin))


def _line(config: Config, state: State, origin: str) -> str:
    latest, forks = state.overview(origin)
    seen = "belum pernah ditandatangani"
    if latest.time:
        at = datetime.fromtimestamp(latest.time, UTC)
        seen = f"{latest.size} catatan, akar {latest.root.hex()}, {at:%Y-%m-%dT%H:%M:%SZ}"
    kept = f"; {forks} CABANG disimpan sebagai bukti" if forks else ""
    return f"{origin}: {seen}{kept}"


def _print(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def parser() -> argparse.ArgumentParser:
    """The commands and what they take."""
    top = argparse.ArgumentParser(prog="pamong-witness", description="Saksi luar bagi buku segel.")
    commands = top.add_subparsers(required=True, metavar="PERINTAH", title="perintah")
    made = commands.add_parser("init", help="Membuat saksi baru: kunci, ingatan, setelan.")
    made.add_argument("--name", required=True, help="nama saksi, misalnya inspektorat.contoh.go.id/saksi")
    made.add_argument("--folder", type=Path, required=True, help="folder baru untuk saksi ini")
    made.add_argument("--log", action="append", default=[], help="vkey log yang disaksikan (boleh berulang)")
    made.set_defaults(run=init)
    run = commands.add_parser("serve", help="Menjalankan saksi.")
    run.add_argument("--config", type=Path, required=True, help=f"berkas {CONFIG}")
    run.add_argument("--host", default="127.0.0.1", help="alamat (bawaan 127.0.0.1)")
    run.add_argument("--port", type=int, required=True, help="nomor port; 0 = yang bebas")
    run.set_defaults(run=serve)
    seen = commands.add_parser("status", help="Menunjukkan yang terakhir ditandatangani.")
    seen.add_argument("--config", type=Path, required=True, help=f"berkas {CONFIG}")
    seen.set_defaults(run=status)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit status."""
    given = parser().parse_args(argv)
    try:
        given.run(given)
    except Misconfigured as problem:
        sys.stderr.write(f"{problem}\n")
        return WRONG
    return 0
