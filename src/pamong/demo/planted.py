"""Faults in the example's punch files, as machines make them: what each reader must tell, line by line."""

from __future__ import annotations

from dataclasses import dataclass

_END = b"\r\n"
STRAY_PIN = "9999"  # a finger that the machine knows and nobody else does


@dataclass(frozen=True, slots=True)
class Planted:
    """What is wrong in one file: (line from 1, code of the problem) each, and punches that come again."""

    bad: tuple[tuple[int, str], ...]
    repeated: int


@dataclass(frozen=True, slots=True)
class _Fault:
    """A line and where it goes (parts of 100 of the file). '' as code: readable, but nobody's or at night."""

    place: int
    text: str
    code: str = ""


def plant_attlog(data: bytes, pin: str, month: tuple[int, int]) -> tuple[bytes, Planted]:
    """30 February, unreadable, cut short, a machine without its clock, a stranger, 02:00, repeats."""
    when = f"{month[0]}-{month[1]:02d}"
    tail = "\t1\t0\t1\t0"
    faults = [
        _Fault(5, f"{pin:>9}\t2000-01-01 00:00:09{tail}", "out_of_range"),
        _Fault(20, f"{pin:>9}\t{month[0]}-02-30 07:12:09{tail}", "impossible_time"),
        _Fault(35, f"{STRAY_PIN:>9}\t{when}-06 07:15:22{tail}"),
        _Fault(50, "MEMORI PENUH, HUBUNGI TEKNISI", "unreadable_line"),
        _Fault(65, f"{pin:>9}\t{when}-07 02:00:17{tail}"),
        _Fault(80, f"{pin:>9}\t{when}-", "unreadable_line"),
    ]
    return _plant(data, faults, headings=0, repeat=(30, 60), punches_a_line=1)


def plant_glg(data: bytes, pin: str, month: tuple[int, int]) -> tuple[bytes, Planted]:
    """The same faults in the older form."""
    when = f"{month[0]}/{month[1]:02d}"
    front = f"0\t3\t{pin:0>9}\t\t1\t0\t"
    faults = [
        _Fault(10, front + "2000/01/01  00:00:09", "out_of_range"),
        _Fault(30, front + f"{month[0]}/02/30  07:12:09", "impossible_time"),
        _Fault(45, f"0\t3\t{STRAY_PIN:0>9}\t\t1\t0\t{when}/06  07:15:22"),
        _Fault(60, "GAGAL MEMBACA MEMORI", "unreadable_line"),
        _Fault(75, front + f"{when}/07  02:00:17"),
    ]
    return _plant(data, faults, headings=1, repeat=(50,), punches_a_line=1)


def plant_fingerspot(data: bytes, pin: str, month: tuple[int, int]) -> tuple[bytes, Planted]:
    """The same faults in a sheet: 30 February, an impossible hour, a row of nobody, the year 2000."""
    when = f"{month[1]:02d}/{month[0]}"
    faults = [
        _Fault(10, f"{pin};;;;01/01/2000;PAGI;00:09;;;;;;", "out_of_range"),
        _Fault(30, f"{pin};;;;30/02/{month[0]};PAGI;07:12;16:03;;;;;", "impossible_time"),
        _Fault(45, f"{STRAY_PIN};;;;06/{when};PAGI;07:15;;;;;;"),
        _Fault(60, f"{pin};;;;08/{when};PAGI;27:15;;;;;;", "impossible_time"),
        _Fault(75, f";;;;09/{when};PAGI;07:15;;;;;;", "nobody"),
        _Fault(90, f"{pin};;;;10/{when};MALAM;02:00;;;;;;"),
    ]
    return _plant(data, faults, headings=1, repeat=(50,), punches_a_line=2)


def _plant(
    data: bytes, faults: list[_Fault], *, headings: int, repeat: tuple[int, ...], punches_a_line: int
) -> tuple[bytes, Planted]:
    """Put the faults in, and lines of the file once more where ``repeat`` says."""
    lines = data.split(_END)[:-1]
    size = len(lines) - headings
    again = [_whole_line(lines, headings + size * place // 100, punches_a_line) for place in repeat if size]
    inserts = [(headings + size * fault.place // 100, fault.text.encode(), fault.code) for fault in faults]
    inserts += [(place + 1, lines[place], "") for place in again]
    bad = []
    for shift, (place, line, code) in enumerate(sorted(inserts)):
        lines.insert(place + shift, line)
        if code:
            bad.append((place + shift + 1, code))
    return _END.join(lines) + _END, Planted(tuple(bad), len(again) * punches_a_line)


def _whole_line(lines: list[bytes], place: int, punches_a_line: int) -> int:
    """The first line at or after a place that holds so many punches."""
    return next(
        (at for at in range(place, len(lines)) if lines[at].count(b":") >= punches_a_line), len(lines) - 1
    )
