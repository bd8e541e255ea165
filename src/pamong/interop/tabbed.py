"""Files with tabs from a machine's USB port: ``attlog.dat`` with its variants, and the older GLG export.

Millions of lines: columns are split, trimmed and parsed by Polars; only lines that fail go through Python.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

import polars as pl

from pamong.attendance.choices import PIN, bare_pin
from pamong.interop.kinds import ATTLOG_LINE, GLG_HEADING
from pamong.interop.punch_rows import PUNCH_SCHEMA, PunchFile, unreadable
from pamong.interop.tables import decode
from pamong.kernel.errors import InvalidValue
from pamong.kernel.problem import Problem

_TIME = "%Y-%m-%d %H:%M:%S"
_TIME_LENGTH = 19  # a shorter one may be the end of a file that was cut
_NIP = "^(19|20)[0-9]{16}$"
_NIP_LENGTH = 18
_SERIAL = re.compile(r"[0-9A-Za-z]{6,32}")
_CHECKSUM = re.compile(r"[0-9]{1,12}")
_WALL = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})[ T]+([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?")
_EPOCH = re.compile(r"[0-9]{9,10}")
_FILE_PREFIX = re.compile(r"(?:.*[/\\])?([0-9A-Za-z]+)_attlog", re.IGNORECASE)
_HEAD_LINES = 20


def is_attlog(head: str) -> bool:
    """Tell whether a file begins like an attlog; its first line may be the machine's serial number."""
    lines = [line for line in head.split("\n") if line.strip()][:_HEAD_LINES]
    return any(ATTLOG_LINE.match(line) for line in lines)


def is_glg(head: str) -> bool:
    """Tell whether a file begins with the headings of a GLG export."""
    return any(GLG_HEADING.match(line) for line in head.split("\n")[:_HEAD_LINES])


def read_attlog(data: bytes, name: str) -> PunchFile:
    """PIN TAB time TAB ...; also with the machine's serial number as first line and a checksum as last.

    How the checksum is made is not known, so it is recognised, not checked. The third column is the
    machine's number in some firmwares and the kind of verification in others: it names the machine only if
    it is the same throughout and neither the first line nor the file's name does.
    """
    data = _plain_bytes(data, name)
    frame = _split(data, {"pin": 0, "time": 1, "device": 2})
    frame, serial, problems = _without_frame_lines(frame, name)
    named = _FILE_PREFIX.match(name)
    device = serial or (named[1] if named else "") or _constant(frame["device"])
    result = _parse(frame.with_columns(device=pl.lit(device)), data, name)
    result.problems += problems
    return result


def read_glg(data: bytes, name: str) -> PunchFile:
    """Headings ``No TMNo EnNo Name GMNo Mode DateTime``; padded numbers, slashes, two spaces in the time."""
    data = _plain_bytes(data, name)
    lines = decode(data[:8192], name).split("\n")[:_HEAD_LINES]
    at = next((n for n, line in enumerate(lines, start=1) if GLG_HEADING.match(line)), 1)
    cells = [cell.strip().lower() for cell in lines[at - 1].split("\t")]
    if not {"enno", "datetime"} <= set(cells):
        raise InvalidValue(f"{name}: kolom EnNo dan DateTime tidak ada, data presensi GLG memerlukannya.")
    places = {"first": 0, "pin": cells.index("enno"), "time": cells.index("datetime"), "device": 1}
    frame = _split(data, places)
    time = pl.col("time").str.replace_all("/", "-", literal=True).str.replace_all(r"\s+", " ")
    frame = frame.filter(pl.col("line") > at).with_columns(time=time, device=_trimmed("device").fill_null(""))
    return _parse(frame, data, name)


def _plain_bytes(data: bytes, name: str) -> bytes:
    """UTF-8 without BOM, lines ending in LF (a CR before it does no harm)."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = decode(data, name).encode()
    return data if b"\n" in data else data.replace(b"\r", b"\n")


def _split(data: bytes, places: dict[str, int]) -> pl.DataFrame:
    """The wanted columns as text and ``line``. A heading line put in front fixes the number of columns."""
    width = max(places.values()) + 1
    heading = "\t".join(f"c{n}" for n in range(width)).encode() + b"\n"
    try:
        frame = _read_csv(heading + data)
    except pl.exceptions.ComputeError:
        frame = _read_csv(heading + data.decode("utf-8", errors="replace").encode())
    columns = {name: frame[f"c{place}"] for name, place in places.items()}
    return pl.DataFrame(columns).with_row_index("line", offset=1).cast({"line": pl.Int32})


def _read_csv(data: bytes) -> pl.DataFrame:
    return pl.read_csv(data, separator="\t", quote_char=None, infer_schema=False, truncate_ragged_lines=True)


def _without_frame_lines(frame: pl.DataFrame, name: str) -> tuple[pl.DataFrame, str, list[Problem]]:
    """Take the serial number off the top and the checksum off the end, if the file has them."""
    filled = pl.col("pin").is_not_null() & (_trimmed("pin") != "")
    head = frame.head(_HEAD_LINES).filter(filled).head(1)
    tail = frame.tail(_HEAD_LINES).filter(filled).tail(1)
    serial = _lone_cell(head)
    if not _SERIAL.fullmatch(serial):
        return frame, "", []
    drop, problems = [head["line"][0]], []
    if _CHECKSUM.fullmatch(_lone_cell(tail)):
        drop.append(tail["line"][0])
    else:
        text = "baris penutup (angka pemeriksa) tidak ada, file mungkin terpotong"
        problems.append(Problem("checksum_missing", text, "warn", source=name))
    return frame.filter(~pl.col("line").is_in(drop)), serial, problems


def _lone_cell(row: pl.DataFrame) -> str:
    """The only cell of a line without tabs, else ''."""
    return "" if row.is_empty() or row["time"][0] is not None else str(row["pin"][0]).strip()


def _constant(column: pl.Series) -> str:
    values = column.drop_nulls().str.strip_chars().unique().head(2).to_list()
    return values[0] if len(values) == 1 else ""


def _trimmed(column: str) -> pl.Expr:
    return pl.col(column).str.strip_chars(" \r")


def _parse(frame: pl.DataFrame, data: bytes, name: str) -> PunchFile:
    """Columns ``pin``, ``time``, ``device``, ``line`` of text as punches; what fails is tried one by one."""
    frame = frame.with_columns(
        pin=_trimmed("pin"), at=pl.col("time").str.to_datetime(_TIME, strict=False, time_unit="us")
    )
    good = (
        pl.col("at").is_not_null()
        & (pl.col("time").str.len_bytes() == _TIME_LENGTH)
        & ~pl.col("time").str.ends_with(":60")  # a leap second to the parser, a fault to a machine
        & pl.col("pin").str.contains(f"^{PIN}$")
    ).fill_null(value=False)
    split = frame.with_columns(good=good)
    rows = split.filter("good").select("line", "pin", "at", "device", precision=pl.lit("second"))
    filled = [_trimmed(column) != "" for column in ("first", "pin", "time") if column in frame.columns]
    rest = split.filter(~pl.col("good")).filter(pl.any_horizontal(filled).fill_null(value=False))
    problems: list[Problem] = []
    if rest.height:
        late, problems = _one_by_one(rest, data, name)
        rows = pl.concat([rows, late.select(rows.columns).cast(rows.schema)]).sort("line")
    rows = _with_ids(rows).with_columns(file=pl.lit(name))
    return PunchFile(rows.select(list(PUNCH_SCHEMA)), problems)


def _with_ids(rows: pl.DataFrame) -> pl.DataFrame:
    """PINs without leading zeros; a PIN that is a NIP is one."""
    if rows["pin"].str.starts_with("0").any():
        bare = pl.col("pin").str.strip_chars_start("0")
        rows = rows.with_columns(pin=pl.when(bare == "").then(pl.lit("0")).otherwise(bare))
    nip = pl.lit(None, pl.String)
    if (rows["pin"].str.len_bytes() == _NIP_LENGTH).any():
        nip = pl.when(pl.col("pin").str.contains(_NIP)).then("pin").otherwise(nip)
    return rows.with_columns(nip=nip)


def _one_by_one(rest: pl.DataFrame, data: bytes, name: str) -> tuple[pl.DataFrame, list[Problem]]:
    lines = data.split(b"\n")
    problems: list[Problem] = []
    rows = []
    for line, pin, time, device in rest.select("line", "pin", "time", "device").iter_rows():
        at, precision, fault = _slow_time((time or "").strip())
        fault = fault if re.fullmatch(PIN, pin or "") else "PIN tidak terbaca"
        if at is None or fault:
            code = "impossible_time" if fault.endswith("tidak ada") else "unreadable_line"
            text = lines[line - 1].decode("utf-8", errors="replace")
            problems.append(unreadable(name, line, text, fault, code))
        else:
            rows.append((line, bare_pin(pin), at, device, precision))
    epochs = sum(1 for row in rows if row[4] == "epoch")
    if epochs:
        text = f"{epochs} baris menulis waktu sebagai detik sejak 1970, dibaca apa adanya. Periksa jamnya"
        problems.append(Problem("epoch_times", text, "warn", source=name))
    columns = ("line", "pin", "at", "device", "precision")
    return pl.DataFrame(rows, schema={name: PUNCH_SCHEMA[name] for name in columns}, orient="row"), problems


def _slow_time(text: str) -> tuple[datetime | None, str, str]:
    """A time in a less usual form: (instant, precision, fault)."""
    if _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(text), UTC).replace(tzinfo=None), "epoch", ""
    match = _WALL.fullmatch(text)
    if match is None:
        return (
            None,
            "",
            "waktu tidak terbaca, contoh yang benar: 2026-10-05 07:12:09" if text else "tidak ada waktu",
        )
    try:
        year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
        at = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - the machine's own wall time
    except ValueError:
        return None, "", f"waktu {text} tidak ada"
    return at, "second" if match[6] else "minute", ""
