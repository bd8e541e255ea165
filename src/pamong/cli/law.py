"""``pamong law``: the law as the engine holds it: values, regulations, profiles. Needs no database."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from typing import TYPE_CHECKING
from uuid import uuid4

import click

from pamong.cli.caller import Caller
from pamong.cli.progress import say
from pamong.kernel.clock import day_fault, format_date
from pamong.kernel.errors import InvalidValue

if TYPE_CHECKING:
    from pamong.law.engine.evidence import Regulation
    from pamong.law.engine.formulas import Formula
    from pamong.law.engine.loader import PayGroup, Profile
    from pamong.law.engine.parameters import Dated, Parameter

_UNITS = {
    "rupiah": "rupiah",
    "rate": "persen",
    "count": "bilangan",
    "days": "hari",
    "minutes": "menit",
    "seconds": "detik",
    "clock": "jam",
    "points": "poin",
    "text": "teks",
    "bool": "ya atau tidak",
    "ratio": "pecahan",
}


def as_day(value: str) -> date:
    """``2026-10-05`` as a date; BadParameter for any other form."""
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            day = date.fromisoformat(value)
            if day_fault(day):
                raise click.BadParameter(day_fault(day))
            return day
    except ValueError:
        pass
    raise click.BadParameter(f"tulis tanggal seperti 2026-10-05, bukan '{value}'.")


@click.group()
def law() -> None:
    """Membaca nilai hukum, peraturan, dan profil daerah seperti yang dipakai untuk menghitung."""


@law.command("show", short_help="Satu nilai atau rumus, dengan dasar hukumnya.")
@click.argument("key", metavar="KUNCI")
@click.option("--profile", default="", metavar="KODE", help="Menurut aturan daerah ini.")
@click.option("--on", "day", type=as_day, metavar="TANGGAL", help="Yang berlaku pada tanggal ini saja.")
def show_command(key: str, profile: str, day: date | None) -> None:
    """Menampilkan satu nilai (misalnya pay/bpjs_employee_rate) atau rumus: isi, dasar hukum, dan buktinya."""
    formulas = _formulas(key)
    found = _parameters_of(key, profile)
    if not found and not formulas:
        raise InvalidValue(_unknown(key, profile))
    for place, parameter in enumerate(found):
        _say_all([""] if place else [], _parameter(parameter, day))
    for formula in formulas:
        _say_all([""] if found else [], _formula(formula))


@law.command("list", short_help="Daftar kunci nilai hukum.")
@click.argument("prefix", metavar="AWALAN", default="")
@click.option("--profile", default="", metavar="KODE", help="Menurut aturan daerah ini.")
def list_command(prefix: str, profile: str) -> None:
    """Mendaftar kunci nilai hukum, semuanya atau yang berawalan tertentu (misalnya tax)."""
    found = {k: p for k, p in _all_parameters(profile).items() if k.startswith(prefix)}
    if not found:
        areas = sorted({key.split("/")[0] for key in _all_parameters(profile)})
        raise InvalidValue(f"Tidak ada nilai yang berawalan '{prefix}'. Awalan yang ada: {', '.join(areas)}.")
    width = max(map(len, found))
    for key, parameter in sorted(found.items()):
        say(f"{key:<{width}}  {parameter.title}")


@law.command("regulation", short_help="Satu peraturan dan nilai yang bersumber darinya.")
@click.argument("code", metavar="ID")
def regulation_command(code: str) -> None:
    """Menampilkan satu peraturan dan nilai yang bersumber darinya."""
    from pamong.law.engine.loader import load_registry

    registry = load_registry()
    if code not in registry:
        raise InvalidValue(f"Peraturan '{code}' tidak dikenal.{_near(code, registry)}")
    _say_all(_regulation(registry[code]))


@law.command("profile", short_help="Pilihan satu daerah.")
@click.argument("code", metavar="KODE")
def profile_command(code: str) -> None:
    """Menampilkan pilihan satu daerah: cara hitung, kelompok penghasilan, dan nilainya sendiri."""
    from pamong.law.engine.loader import load_profile, profile_codes

    if code not in profile_codes():
        there = ", ".join(profile_codes())
        raise InvalidValue(f"Profil '{code}' tidak ada.{_near(code, profile_codes())} Yang ada: {there}.")
    _say_all(_profile(load_profile(code)))


@law.command("adopt", short_help="Mengusulkan pemberlakuan berkas aturan yang terpasang sekarang.")
@click.option("--ground", required=True, metavar="DOKUMEN", help="Nomor dan tanggal dokumen dasarnya.")
@click.pass_obj
def adopt_command(caller: Caller, ground: str) -> None:
    """Mengusulkan pemberlakuan berkas aturan yang terpasang sekarang. Pakai bersama --as PENGGUNA.

    Pejabat Pembina Kepegawaian menandatanganinya di halaman Keputusan; sejak itu berkasnya berlaku dan
    disegel. Perubahan sesudahnya terlihat, dan menolak hitungan untuk membayar.
    """
    from pamong.cli.session import session

    with session(caller) as at_work:
        from django.conf import settings

        from pamong.decisions.choices import Verdict
        from pamong.pay.queries import list_law_changes
        from pamong.pay.services import propose_law

        profile, overlay = settings.PAMONG_PROFILE, settings.PAMONG_LAW_OVERLAY
        changed = list_law_changes(actor=at_work.actor, profile=profile, overlay=overlay)
        entered = propose_law(
            actor=at_work.actor, at=at_work.at, key=uuid4(), profile=profile, overlay=overlay, ground=ground
        )
    _say_all([f"  {name}" for name in changed])
    _say_all([f"  {gate.sentence}" for gate in entered.gates if gate.verdict is not Verdict.ALLOW])
    say(f"Usulan tersimpan. Berkas yang berubah: {len(changed)}.")
    say(f"Menunggu tanda tangan Pejabat Pembina Kepegawaian: /keputusan/{entered.uid}/")


# --- Finding ---


def _all_parameters(profile: str) -> Mapping[str, Parameter]:
    """The national values, or those of a region's law."""
    from pamong.law.engine.law import load_law
    from pamong.law.engine.loader import load_national

    return load_law(profile).parameters if profile else load_national()


def _parameters_of(key: str, profile: str) -> list[Parameter]:
    """The value under a key or a bare name. Without a profile: the national one and every region's own."""
    from pamong.law.engine.loader import load_profile, profile_codes

    layers = [_all_parameters(profile)]
    if not profile:
        layers += [load_profile(code).parameters for code in profile_codes()]
    return [p for layer in layers for p in layer.values() if key in (p.key, p.name)]


def _formulas(key: str) -> list[Formula]:
    from pamong.law.engine.formulas import FORMULAS
    from pamong.law.engine.law import load_formulas

    load_formulas()
    return list(FORMULAS.get(key, ()))


def _unknown(key: str, profile: str) -> str:
    from pamong.law.engine.formulas import FORMULAS
    from pamong.law.engine.loader import load_profile, profile_codes

    layers = [_all_parameters(profile)]
    layers += [] if profile else [load_profile(code).parameters for code in profile_codes()]
    found = [parameter for layer in layers for parameter in layer.values()]
    names = [p.key for p in found] if "/" in key else [*(p.name for p in found), *FORMULAS]
    return f"Tidak ada nilai atau rumus bernama '{key}'.{_near(key, names)}"


def _near(word: str, words: Iterable[str]) -> str:
    """The nearest names as a sentence; without any, nothing."""
    near = get_close_matches(word, sorted(set(words)), n=4, cutoff=0.5)
    return f" Yang mirip: {', '.join(near)}." if near else ""


# --- Telling ---


def _say_all(*parts: Iterable[str]) -> None:
    for part in parts:
        for line in part:
            say(line)


def _parameter(parameter: Parameter, day: date | None) -> Iterator[str]:
    yield parameter.title
    unit = _UNITS.get(parameter.unit, parameter.unit)
    yield f"  kunci {parameter.key}, satuan {unit}, asal {parameter.region or parameter.origin}"
    if parameter.description:
        yield f"  {parameter.description}"
    history = [parameter.on(day)] if day else list(reversed(parameter.history))
    for place, dated in enumerate(history):
        yield ""
        yield from _dated(parameter, dated, with_rows=place == 0)


def _dated(parameter: Parameter, dated: Dated, *, with_rows: bool) -> Iterator[str]:
    from pamong.law.engine.show import days_together, rows_of, show_parameter

    yield f"  {_period(dated)}: {show_parameter(parameter, dated)}"
    yield f"    Dasar: {dated.citation.text}"
    yield f"    Bukti: {dated.evidence.label}"
    if dated.citation.link:  # what is made up for the demo has no text
        yield f"    {dated.citation.link}"
    if dated.citation.quote:
        yield f"    “{dated.citation.quote}”"
    if dated.note:
        yield f"    {dated.note}"
    if with_rows and parameter.kind in ("table", "bracket"):
        rows = days_together(rows_of(parameter, dated))
        width = max(len(label) for label, _ in rows)
        for label, value in rows:
            yield f"      {label:<{width}}  {value:>16}"


def _period(dated: Dated) -> str:
    start = f"Mulai {format_date(dated.since)}"
    return f"{start} sampai {format_date(dated.before - timedelta(days=1))}" if dated.before else start


def _formula(formula: Formula) -> Iterator[str]:
    yield formula.title
    method = f", cara {formula.method}" if formula.method else ""
    yield f"  rumus {formula.name}{method}, satuan {_UNITS.get(formula.unit, formula.unit)}"
    if formula.note:
        yield f"  {formula.note}"
    if formula.cite:
        yield f"  Dasar: {formula.cite}"
    yield f"  Dihitung dari: {', '.join(formula.inputs)}"


def _regulation(regulation: Regulation) -> Iterator[str]:
    yield f"{regulation.short}: {regulation.title}"
    yield f"  ditetapkan {_day(regulation.enacted)}, berlaku {_day(regulation.in_force)}"
    if regulation.replaced_by:
        yield f"  diganti oleh {regulation.replaced_by}"
    if regulation.link:
        yield f"  {regulation.link}"
    if regulation.note:
        yield f"  {regulation.note}"
    cited = sorted(_cited(regulation.id))
    yield f"  Nilai yang bersumber darinya: {', '.join(cited) if cited else 'tidak ada'}"


def _day(on: date | datetime | None) -> str:
    return format_date(on) if on else "(belum dicatat)"


def _cited(code: str) -> set[str]:
    """The keys with a value from this regulation, with the region in brackets where it is a region's own."""
    from pamong.law.engine.loader import load_national, load_profile, profile_codes

    layers: dict[str, Mapping[str, Parameter]] = {"": load_national()}
    layers |= {name: load_profile(name).parameters for name in profile_codes()}
    return {
        f"{parameter.key} ({name})" if name else parameter.key
        for name, layer in layers.items()
        for parameter in layer.values()
        if any(dated.citation.regulation.id == code for dated in parameter.history)
    }


def _profile(profile: Profile) -> Iterator[str]:
    yield f"{profile.name} ({profile.code})"
    yield f"  {profile.description}" if profile.description else "  (tanpa keterangan)"
    yield f"  {profile.regulation.short}, mulai {format_date(profile.since)}, waktu {profile.zone}"
    yield "\n  Cara hitung:"
    for slot, shape in profile.methods.items():
        yield f"    {slot:<16} {shape}"
    yield "\n  Kelompok penghasilan:"
    for group in profile.pay_groups.values():
        yield from _group(group)
    yield f"\n  Nilai sendiri ({len(profile.parameters)}):"
    for key, parameter in sorted(profile.parameters.items()):
        worst = max((dated.evidence for dated in parameter.history), key=lambda e: e.rank)
        yield f"    {key}: {parameter.title} ({worst.label})"


def _group(group: PayGroup) -> Iterator[str]:
    yield f"    {group.code:<10} {group.text}"
    yield f"    {'':<10} § {group.citation.text} ({group.evidence.label})"
