"""The demo's own witness: the separate program ``pamong-witness``, so that countersignatures can be seen.

It runs on the same machine, which a real one never should; its name says that it is invented.
"""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

from pamong.cli.installation import Installation
from pamong.cli.supervisor import Child

if TYPE_CHECKING:
    from pamong.ledger.sequencer.places import Places

NAME = "inspektorat-provinsi.contoh.invalid"
SHORT = "inspektorat-provinsi"
PROGRAM = "pamong_witness"


def demo_witness(installation: Installation) -> Child | None:
    """Make the witness where there is none, put it into the policy, and give the program to run.

    None where the program is not installed: then nobody countersigns, and the log's page says so.
    """
    if find_spec(PROGRAM) is None:
        return None
    from pamong.ledger.sequencer.places import Places
    from pamong.ledger.sequencer.signer import Signer

    places = Places.of(installation.sequencer_environ())
    vkeys = [vkey for log in places.logs for vkey in Signer(places, log).vkeys]
    folder = places.keys.parent / "saksi"
    if not (folder / "witness.toml").exists():
        logs = [word for vkey in vkeys for word in ("--log", vkey)]
        _run("init", "--name", NAME, "--folder", str(folder), *logs)
    told = _run("status", "--config", str(folder / "witness.toml"))
    key = re.search(r"vkey: (\S+)", told)
    assert key, told  # noqa: S101  the program has just answered
    port = _in_policy(places, vkeys, key[1])
    config = str(folder / "witness.toml")
    command = [sys.executable, "-m", PROGRAM, "serve", "--port", str(port), "--config", config]
    return Child("Saksi contoh", command, installation.environ, quiet=True)


def _in_policy(places: Places, vkeys: list[str], key: str) -> int:
    """The port under which the policy names the witness. A policy that does stays as it is, also where two
    people have set it; where its port is taken by now, only that changes."""
    from pamong.ledger.sequencer.policies import policy_text
    from pamong.ledger.tree.files import write_atomically

    text = places.policy.read_text("utf-8") if places.policy.exists() else ""
    named = re.search(rf"^witness \S+ {re.escape(key)} http://127\.0\.0\.1:([0-9]+)", text, re.M)
    if named and _is_free(int(named[1])):
        return int(named[1])
    port = _free_port()
    if named:
        text = f"{text[: named.start(1)]}{port}{text[named.end(1) :]}"
    elif "\nwitness " not in text:
        rest = f"witness {SHORT} {key} http://127.0.0.1:{port}\ngroup luar any {SHORT}\nquorum luar\n"
        text = policy_text(vkeys, rest)
    write_atomically(places.policy, text.encode())
    return port


def _run(*words: str) -> str:
    command = [sys.executable, "-m", PROGRAM, *words]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
