"""The conditions of a periodic raise, one by one. What is not known is unknown, never yes and never no."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pamong.kernel.clock import format_date
from pamong.law.career import Cited
from pamong.law.kgb.due import due, told
from pamong.law.kgb.rules import Rules, judged_years
from pamong.law.kgb.shapes import (
    PART_TIME,
    PNS,
    Code,
    Condition,
    Due,
    Effect,
    Facts,
    Ground,
    NotDue,
    State,
)

_MET, _NOT_MET, _UNKNOWN = State.MET, State.NOT_MET, State.UNKNOWN
_ALLOW, _WARN, _BLOCK = Effect.ALLOW, Effect.WARN, Effect.BLOCK


def conditions(rules: Rules, facts: Facts, *, on: date, today: date) -> tuple[Condition, ...]:
    """All conditions of a raise that takes effect `on` a day, as judged `today`.

    A delay and a contract are asked on the day of effect, predicates as they stand today.
    """
    found = due(rules, facts)
    first = isinstance(found, Due) and found.first
    return (
        _service(rules, facts, found, on),
        predicate(rules, facts, today, first=first),
        delay(rules, facts, on),
        discipline(rules, facts),
        standing(rules, facts),
        *_of_contracts(rules, facts, first=first),
    )


def _of_contracts(rules: Rules, facts: Facts, *, first: bool) -> Iterator[Condition]:
    if facts.kind == PART_TIME:
        yield part_time()
    if facts.kind not in PNS:
        yield contract(rules, facts, first=first)


def _service(rules: Rules, facts: Facts, found: Due | NotDue, on: date) -> Condition:
    cited = rules.interval
    step = facts.step
    value = f"{step.years} tahun {step.months} bulan" if step else ""
    if isinstance(found, NotDue):
        state = _NOT_MET if found.ended else _UNKNOWN
        return _made(Code.SERVICE, state, _BLOCK, value, "", cited, found.sentence)
    assert step is not None  # noqa: S101 - what is due has a step
    reached = on >= found.due_on
    return _made(
        Code.SERVICE, _MET if reached else _NOT_MET, _ALLOW if reached else _BLOCK, value,
        f"{found.row} tahun", cited, told(found, step) + _uncounted(rules, found),
    )  # fmt: skip


def _uncounted(rules: Rules, found: Due) -> str:
    """By which article the months that are no service are none."""
    named = dict.fromkeys(cited.citation.text for cited in rules.uncounted.values() if cited.value)
    return f" ({'; '.join(named)})" if found.away and named else ""


def predicate(rules: Rules, facts: Facts, today: date, *, first: bool) -> Condition:
    """The yearly predicates that count: one year of a PNS, two of a PPPK (one for a first raise)."""
    if facts.kind in PNS:
        return _predicate_pns(rules, facts, today)
    return _predicate_pppk(rules, facts, today, first=first)


def _predicate_pns(rules: Rules, facts: Facts, today: date) -> Condition:
    (year,) = judged_years(rules, facts, today, 1)
    value = facts.predicates.get(year, "")
    got, least, usual = rules.rank(value), rules.least, rules.usual
    lowest = None if least is None else rules.rank(least.value)
    threshold = least.value if least else ""
    if got is None or lowest is None:
        said = f"Predikat kinerja {year} belum tercatat. Catat predikatnya lebih dulu."
        return _made(Code.PREDICATE, _UNKNOWN, _BLOCK, value, threshold, least, said)
    if got < lowest:
        said = f"Predikat kinerja {year} {value}, di bawah {threshold}. Kenaikan ditunda dengan keputusan."
        return _made(Code.PREDICATE, _NOT_MET, _BLOCK, value, threshold, least, said, "delay")
    wanted = None if usual is None else rules.rank(usual.value)
    if usual is not None and wanted is not None and got < wanted:
        said = (
            f"Predikat kinerja {year} {value}. Surat edaran BKN menyamakannya dengan cukup, "
            f"tetapi banyak daerah meminta {usual.value}."
        )
        return _made(Code.PREDICATE, _MET, _WARN, value, threshold, least, said)
    return _made(
        Code.PREDICATE, _MET, _ALLOW, value, threshold, least, f"Predikat kinerja {year} {value}."
    )  # fmt: skip


def _predicate_pppk(rules: Rules, facts: Facts, today: date, *, first: bool) -> Condition:
    golongan = facts.step.golongan if facts.step else ""
    count = rules.pppk_first_years.get(golongan) if first else rules.pppk_years
    least = rules.pppk_least
    lowest = None if least is None else rules.rank(least.value)
    if count is None or least is None or lowest is None:
        said = "Syarat predikat kinerja untuk PPPK pada tanggal ini belum diketahui."
        return _made(Code.PREDICATE, _UNKNOWN, _BLOCK, "", "", least, said)
    years = judged_years(rules, facts, today, count.value)
    got = {year: facts.predicates.get(year, "") for year in years}
    value = ", ".join(f"{year}: {named or 'belum ada'}" for year, named in got.items())
    ranks = [rules.rank(named) for named in got.values()]
    threshold = f"{least.value}, {count.value} tahun terakhir"
    if any(rank is not None and rank < lowest for rank in ranks):
        said = f"Predikat kinerja di bawah {least.value} ({value}). Akibatnya belum ada pasal yang dibaca."
        return _made(Code.PREDICATE, _NOT_MET, _BLOCK, value, threshold, least, said)
    if None in ranks:
        said = f"Predikat kinerja belum lengkap ({value}). Catat predikatnya lebih dulu."
        return _made(Code.PREDICATE, _UNKNOWN, _BLOCK, value, threshold, least, said)
    return _made(
        Code.PREDICATE, _MET, _ALLOW, value, threshold, least, f"Predikat kinerja memenuhi syarat ({value})."
    )  # fmt: skip


def delay(rules: Rules, facts: Facts, on: date) -> Condition:
    """No delay runs on the day of effect."""
    running = [each for each in facts.delays if each.since <= on < each.until]
    if not running:
        said = "Tidak ada penundaan pada tanggal berlakunya."
        return _made(Code.DELAY, _MET, _ALLOW, "tidak ada", "tidak ada", rules.delay, said)
    last = max(running, key=lambda each: each.until)
    value = f"{last.ground.label}, sampai sebelum {format_date(last.until)}"
    said = f"Kenaikan ditunda {last.ground.label} sampai sebelum {format_date(last.until)}."
    cited = rules.delay
    if last.ground is Ground.DISCIPLINE:
        cited = rules.sanction
        said += " Apakah masa hukuman dihitung untuk kenaikan berikutnya belum ada pasal yang dibaca."
    return _made(Code.DELAY, _NOT_MET, _BLOCK, value, "tidak ada", cited, said)


def discipline(rules: Rules, facts: Facts) -> Condition:
    """No sanction, objection or appeal runs: a warning at most, since the article may not hold any more."""
    cited, threshold = rules.objection, "tidak ada yang berjalan"
    if facts.sanctions is None:
        said = "Daftar hukuman disiplin belum ada di Pamong. Periksa berkas pegawainya."
        return _made(Code.DISCIPLINE, _UNKNOWN, _ALLOW, "", threshold, cited, said)
    if not facts.sanctions:
        said = "Tidak ada hukuman disiplin, keberatan, atau banding yang berjalan."
        return _made(Code.DISCIPLINE, _MET, _ALLOW, "tidak ada", threshold, cited, said)
    value = "; ".join(each.what for each in facts.sanctions)
    said = f"Sedang berjalan: {value}. Tulis alasannya bila kenaikan tetap diberikan."
    return _made(Code.DISCIPLINE, _NOT_MET, _WARN, value, threshold, cited, said)


def standing(rules: Rules, facts: Facts) -> Condition:
    """In active service. Of other standings nothing was read, so that they are unknown."""
    found = rules.standings.get(facts.standing.strip().lower())
    if found is not None and found.value:
        said = f"Kedudukan hukumnya {facts.standing}."
        return _made(Code.STANDING, _MET, _ALLOW, facts.standing, "aktif", found, said)
    said = f"Kedudukan hukumnya {facts.standing or 'belum tercatat'}; aturan kenaikannya belum diketahui."
    return _made(Code.STANDING, _UNKNOWN, _BLOCK, facts.standing, "aktif", None, said)


def part_time() -> Condition:
    """Whether a part-time PPPK has the raise at all was not read."""
    said = "PPPK paruh waktu: aturan kenaikan gaji berkalanya belum diketahui, jadi tidak diberikan dulu."
    return _made(Code.PART_TIME, _UNKNOWN, _BLOCK, "paruh waktu", "penuh waktu", None, said)


def contract(rules: Rules, facts: Facts, *, first: bool) -> Condition:
    """A contract longer than two years; than one for a first raise of some golongan."""
    golongan = facts.step.golongan if facts.step else ""
    cited = rules.first_contract.get(golongan) if first else rules.contract
    months = facts.contract_months
    if cited is None or months is None:
        said = "Lama perjanjian kerja belum tercatat. Catat akhir perjanjiannya lebih dulu."
        threshold = f"lebih dari {cited.value} bulan" if cited else ""
        return _made(Code.CONTRACT, _UNKNOWN, _BLOCK, "", threshold, cited, said)
    enough = months > cited.value
    said = f"Perjanjian kerjanya {months} bulan; syaratnya lebih dari {cited.value} bulan."
    return _made(
        Code.CONTRACT, _MET if enough else _NOT_MET, _ALLOW if enough else _BLOCK, f"{months} bulan",
        f"lebih dari {cited.value} bulan", cited, said,
    )  # fmt: skip


def _made(
    code: Code,
    state: State,
    effect: Effect,
    value: str,
    threshold: str,
    cited: Cited[int] | Cited[str] | Cited[bool] | None,
    sentence: str,
    leads_to: str = "",
) -> Condition:
    return Condition(
        code, state, effect, value, threshold, cited.citation if cited else None,
        cited.evidence if cited else None, sentence, leads_to,
    )  # fmt: skip
