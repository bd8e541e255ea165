"""What ``pamong compare`` tells: the two runs, what differs in law and files, sums, and the people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from pamong.kernel.clock import format_date, format_month, local_date
from pamong.kernel.money import Rupiah, grouped
from pamong.pay.choices import Change, FileKind, SlipState
from pamong.pay.columns import Comparison
from pamong.pay.queries import ABSENT, FileRow, RunRow, ValueChange

_MOST_VALUES, _MOST_ROWS = 12, 8
_LABEL, _NAME, _MONEY = 32, 32, 15
_STATES = {state.value: state.label for state in SlipState}
_NOTHING = "-"

Files = Sequence[FileRow]


def told(
    old: RunRow,
    new: RunRow,
    law: Sequence[ValueChange] | None,
    files: Sequence[Files],
    found: Comparison,
    limit: int,
) -> Iterator[str]:
    """All lines. `law` is None where a law can't be loaded any more; `limit` 0 shows everybody."""
    yield f"Lama: {_run(old)}"
    yield f"Baru: {_run(new)}"
    yield ""
    yield from _law(law)
    yield from _files(*files)
    yield ""
    changed = found.changed
    if changed.is_empty():
        yield "Tidak ada yang berubah."
        return
    yield from _sums(found)
    yield ""
    yield from _people(changed.head(limit) if limit else changed, found.lines)
    if limit and changed.height > limit:
        yield f"dan {grouped(changed.height - limit)} orang lain; pakai --limit 0 atau --out"


def _run(run: RunRow) -> str:
    assert run.published_at is not None  # noqa: S101  only published runs are compared
    day = format_date(local_date(run.published_at, run.zone))
    month = format_month(run.month.year, run.month.month)
    return f"{month}, {run.profile_name}, terbit {day}, nomor {run.uid}"


def _law(law: Sequence[ValueChange] | None) -> Iterator[str]:
    if law is None:
        yield "Aturan: tidak bisa dibandingkan, karena aturan salah satunya sudah diganti di folder asalnya."
        return
    yield "Aturan: sama" if not law else "Aturan yang berbeda:"
    for title, side in (("Hanya di aturan lama", 2), ("Hanya di aturan baru", 1)):
        alone = [value.title for value in law if _lacks(value, side)]
        if alone:
            yield f"  {title}: {', '.join(alone)}"
    both = [value for value in law if not _lacks(value, 1) and not _lacks(value, 2)]
    for value in both[:_MOST_VALUES]:
        yield from _value(value)
    if len(both) > _MOST_VALUES:
        yield f"  dan {len(both) - _MOST_VALUES} nilai lain"


def _lacks(value: ValueChange, side: int) -> bool:
    """Whether one of the laws (1 the old, 2 the new) has nothing under this key."""
    return all(row[side] == ABSENT for row in value.rows)


def _value(value: ValueChange) -> Iterator[str]:
    yield f"  {value.title} ({value.key})" if value.key else f"  {value.title}"
    for row, before, after in value.rows[:_MOST_ROWS]:
        yield f"    {row}: {before} → {after}"
    if len(value.rows) > _MOST_ROWS:
        yield f"    dan {len(value.rows) - _MOST_ROWS} baris lain"


def _files(old: Files, new: Files) -> Iterator[str]:
    """The kinds of files of which the two runs read others."""
    other = [
        kind.label
        for kind in FileKind
        if {f.sha256 for f in old if f.kind == kind.value} != {f.sha256 for f in new if f.kind == kind.value}
    ]
    yield f"Berkas yang berbeda: {', '.join(other)}" if other else "Berkas: sama"


def _sums(found: Comparison) -> Iterator[str]:
    for change, (count, effect) in found.counts().items():
        if count or change in (Change.MORE, Change.LESS):
            amount = "" if change in (Change.SAME, Change.LINES) else _signed(effect)
            yield f"{change.label:<{_LABEL}}{grouped(count):>7} orang {amount:>20}".rstrip()
    before, after = found.totals()
    yield f"{'Jumlah diterima, lama':<{_LABEL}}{Rupiah(before)!s:>34}"
    yield f"{'Jumlah diterima, baru':<{_LABEL}}{Rupiah(after)!s:>34}"
    yield f"{'Selisih':<{_LABEL}}{_signed(after - before):>34}"


def _people(people: pl.DataFrame, lines: pl.DataFrame) -> Iterator[str]:
    money = "".join(f"{head:>{_MONEY}}" for head in ("Lama", "Baru", "Selisih"))
    yield f"{'NIP':<20}{'Nama':<{_NAME}}{money}"
    of_people = lines.join(people.select("nip"), on="nip", how="semi", maintain_order="left")
    by_nip = of_people.partition_by("nip", as_dict=True)
    for row in people.iter_rows(named=True):
        amounts = (_amount(row["old_net"]), _amount(row["new_net"]), _signed(row["difference"]))
        cells = "".join(f"{amount:>{_MONEY}}" for amount in amounts)
        yield f"{row['nip']:<20}{_short(row['name']):<{_NAME}}{cells}"
        if row["old_state"] != row["new_state"]:
            yield f"{'':<20}{_state(row)}"
        for line in by_nip[row["nip"],].iter_rows(named=True) if (row["nip"],) in by_nip else ():
            yield f"{'':<20}{line['title']}: {Rupiah(line['old'])} → {Rupiah(line['new'])}"


def _state(row: dict[str, str | None]) -> str:
    before, after = (
        _STATES[state] if state else "tidak ada di hitungan ini"
        for state in (row["old_state"], row["new_state"])
    )
    reason = row["new_reason"]
    return f"{before} → {after}" + (f": {reason}" if reason else "")


def _short(name: str) -> str:
    """A name that leaves room for the amounts."""
    return name if len(name) < _NAME else f"{name[: _NAME - 2]}…"


def _amount(amount: int | None) -> str:
    return _NOTHING if amount is None else str(Rupiah(amount))


def _signed(amount: int | None) -> str:
    """A difference with its sign; a dash where an amount is missing."""
    return _amount(amount) if amount is None or amount <= 0 else f"+{Rupiah(amount)}"
