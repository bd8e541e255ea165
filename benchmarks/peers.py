"""Measure OpenFisca-Core on the rules of `contoh`: a million people, time, memory and wrong slips.

Run by `make bench-peers` as `python -m benchmarks.peers`. Makes the peer's own virtual environment if it is
missing, writes the people with the exact nets of `benchmarks.twin`, runs `peers/openfisca_contoh.py` there as
another process, prints one line a figure, and puts the figures under "openfisca" in `results.json`.
"""

from __future__ import annotations

import io
import json
import struct
import subprocess
import sys
import tempfile
import zipfile
from array import array
from pathlib import Path
from typing import Any

import polars as pl

from benchmarks.people import GOLONGAN, make_people
from benchmarks.twin import twin

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv-peers"
REQUIREMENTS = HERE / "peers" / "requirements-peers.txt"
PROGRAM = HERE / "peers" / "openfisca_contoh.py"
RESULTS = HERE / "results.json"
ROWS = 1_000_000
SEED = 2026
RUNS = 5


def peer_python() -> Path:
    """The Python of the peer's virtual environment, installed anew when its requirements have changed."""
    python = VENV / "bin" / "python"
    installed = VENV / "requirements-installed.txt"
    wanted = REQUIREMENTS.read_text()
    if not installed.exists() or installed.read_text() != wanted:
        say(f"Installing {REQUIREMENTS.name} into {VENV.name} ...")
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "-r", str(REQUIREMENTS)], check=True)
        installed.write_text(wanted)
    return python


def write_people(people: pl.DataFrame, path: Path) -> None:
    """Write the inputs as an .npz file of Int64 and Boolean arrays, with `exact_net` and `exact_net_missing`.

    golongan becomes its place among the 34 names; a missing fixed income and its exact net become -1. NumPy's
    format is written by hand, so that NumPy need not be installed here.
    """
    place = pl.col("golongan").cast(pl.String).replace_strict(GOLONGAN, range(len(GOLONGAN)))
    net = twin(people.lazy()).select(exact_net="tpp_net").collect(engine="streaming")
    columns = (
        people.with_columns(golongan=place.cast(pl.Int64))
        .hstack(net)
        .with_columns(
            fixed_income=pl.col("fixed_income").fill_null(-1),
            exact_net=pl.col("exact_net").fill_null(-1),
            exact_net_missing=pl.col("exact_net").is_null(),
        )
    )
    with zipfile.ZipFile(path, "w") as file:
        for column in columns:
            file.writestr(f"{column.name}.npy", npy(column))


def npy(column: pl.Series) -> bytes:
    """The bytes of one .npy file (format 1.0) for a Boolean or Int64 column without nulls."""
    kind, code = ("|b1", "B") if column.dtype == pl.Boolean else ("<i8", "q")
    values = array(code, column.to_list())
    if sys.byteorder == "big":
        values.byteswap()
    header = f"{{'descr': '{kind}', 'fortran_order': False, 'shape': ({len(column)},), }}"
    # The format pads the header with spaces, so that the data begin at a multiple of 64 bytes.
    header += " " * (-(10 + len(header) + 1) % 64) + "\n"
    out = io.BytesIO()
    out.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode("ascii"))
    out.write(values.tobytes())
    return out.getvalue()


def measure(python: Path, people: pl.DataFrame) -> dict[str, Any]:
    """Run the peer in its own process; its figures, with the rates worked out from its seconds."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "people.npz"
        write_people(people, path)
        command = [str(python), "-I", str(PROGRAM), str(path), str(RUNS)]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    figures: dict[str, Any] = json.loads(done.stdout)
    for part in ("whole_run", "set_input_and_calculate", "calculate"):
        figures[f"rows_per_second_{part}"] = round(figures["rows"] / figures[f"seconds_{part}"])
    figures["wrong_slips_percent"] = round(100 * figures["wrong_slips"] / figures["slips"], 2)
    return figures


def merge(figures: dict[str, Any]) -> None:
    """Put the figures under "openfisca" in `results.json`; other measurements stay."""
    results = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    results["openfisca"] = figures
    RESULTS.write_text(json.dumps(results, indent=2, sort_keys=True) + "\n")


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    """Measure, print, keep."""
    python = peer_python()
    say(f"Running OpenFisca on {ROWS:,} people ...")
    figures = measure(python, make_people(ROWS, SEED))
    for name, value in figures.items():
        say(f"openfisca {name}: {value:,}" if isinstance(value, int) else f"openfisca {name}: {value}")
    merge(figures)


if __name__ == "__main__":
    main()
