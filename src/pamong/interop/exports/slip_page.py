"""One person's page: rows of amounts with their bars, or the reason why there is no amount."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pamong.documents.terbilang import terbilang_rupiah
from pamong.kernel.clock import format_date
from pamong.kernel.money import Rupiah
from pamong.pay.choices import LineKind, SlipState

_WHOLE = 1_000  # the width of the bars, in thousandths
_MINUS = "−"
_NIP_DIGITS = 18
_ADVICE = {
    SlipState.HELD: "Lengkapi datanya lewat petugas kepegawaian. Setelah itu jumlahnya dihitung lagi.",
    SlipState.ELSEWHERE: "",
    SlipState.NONE: "",
}


def slip_person(row: Mapping[str, Any], lines: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What the template `slip` prints of one person. `row`: of `wide.frame`; `lines`: his, by number."""
    state = SlipState(row["state"])
    paid = row["net"] is not None
    rows = list(_rows(row, lines)) if paid else []
    return {
        "uid": row["uid"],
        "office": row["opd_name"],
        "who": [[label, value] for label, value in _who(row) if value],
        "state": state.label,
        "reason": row["reason"],
        "advice": _ADVICE.get(state, ""),
        "rows": rows,
        "net_title": _net_title(row),
        "net": str(Rupiah(row["net"])) if paid else "",
        "words": terbilang_rupiah(row["net"]) if paid else "",
        "said": _said(row) if paid else f"{row['nip']} {state.label}: {row['reason']}",
    }


def _net_title(row: Mapping[str, Any]) -> str:
    return "Diterima bulan berikutnya" if row["state"] == SlipState.DELAYED.value else "Diterima"


def _said(row: Mapping[str, Any]) -> str:
    return f"{row['nip']} {Rupiah(row['net'])} {terbilang_rupiah(row['net'])}"


def _who(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "Nama", row["name"]
    yield "NIP", show_nip(row["nip"])
    yield "Golongan", f"{row['golongan']} ({row['kind']})" if row["golongan"] else row["kind"]
    yield "Kelas jabatan", "" if row["job_class"] is None else str(row["job_class"])
    yield "Jabatan", row["post_name"]
    yield "Unit kerja", row["unit_name"]
    if row["died_on"] is not None:
        yield "Wafat", format_date(row["died_on"])
        yield "Dibayarkan kepada", row["payee"]


def _rows(row: Mapping[str, Any], lines: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """From the ceiling up to what was earned, down to what is received."""
    scale = max(row["ceiling"], row["earned"], 1)
    kinds = {kind: [line for line in lines if line["kind"] == kind.value] for kind in LineKind}
    yield from _ceiling(row, kinds[LineKind.CEILING], scale)
    yield from _steps(kinds[LineKind.EARNED], 0, 1, "earned", scale)
    # Without cuts the next sum is the same.
    if len(kinds[LineKind.EARNED]) > 1 and kinds[LineKind.CUT]:
        yield _row("Jumlah yang diperoleh", row["earned"], 0, row["earned"], "sum", scale, strong=True)
    yield from _steps(kinds[LineKind.CUT], row["earned"], -1, "cut", scale)
    yield _row("TPP sebelum pajak", row["gross"], 0, row["gross"], "sum", scale, strong=True)
    taken = [*kinds[LineKind.TAX], *kinds[LineKind.CONTRIBUTION]]
    yield from _steps(taken, row["gross"], -1, "cut", scale)
    yield _row(_net_title(row), row["net"], 0, row["net"], "net", scale, strong=True)


def _ceiling(
    row: Mapping[str, Any], lines: Sequence[Mapping[str, Any]], scale: int
) -> Iterator[dict[str, Any]]:
    if len(lines) > 1:
        yield from _steps(lines, 0, 1, "ceiling", scale)
    yield _row("TPP maksimal", row["ceiling"], 0, row["ceiling"], "ceiling", scale, strong=True)


def _steps(
    lines: Iterable[Mapping[str, Any]], start: int, sign: int, colour: str, scale: int
) -> Iterator[dict[str, Any]]:
    """Lines that each begin where the one before ended."""
    for line in lines:
        end = start + sign * line["amount"]
        yield _row(line["title"], sign * line["amount"], min(start, end), max(start, end), colour, scale)
        start = end


def _row(
    title: str, amount: int, low: int, high: int, colour: str, scale: int, *, strong: bool = False
) -> dict[str, Any]:
    # Places on paper only: cut off to whole thousandths.
    first, last = (min(max(place * _WHOLE // scale, 0), _WHOLE) for place in (low, high))
    text = str(Rupiah(abs(amount))).removeprefix("Rp")
    return {
        "title": title,
        "amount": f"{_MINUS}{text}" if amount < 0 else text,
        "from": first,
        "to": max(last, first + 4) if amount else first,
        "colour": colour,
        "strong": strong,
        "indent": not strong,
    }


def show_nip(nip: str) -> str:
    """A NIP in the groups in which offices write it: birth, start, sex, number."""
    return f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}" if len(nip) == _NIP_DIGITS else nip
