"""Words for the tables and facts of a person; facts as people read them, with numbers masked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pamong.kernel.actor import OPERATOR
from pamong.kernel.clock import format_date
from pamong.ledger.choices import Act, SealKind
from pamong.people.choices import AppointmentKind, EmploymentKind, EndReason, Relation
from pamong.people.queries import Fact
from pamong.people.subjects import masked
from pamong.web.formats import waktu
from pamong.web.ledger import backdating

HIDDEN = "••••"
_MACHINE = f"{OPERATOR}:"
SUBJECTS: dict[str, Any] = {
    "identity": gettext_lazy("Identitas"),
    "contact": gettext_lazy("Kontak"),
    "bankaccount": gettext_lazy("Rekening gaji"),
    "employment": gettext_lazy("Kepegawaian"),
    "rank": gettext_lazy("Golongan"),
    "salarystep": gettext_lazy("Gaji berkala"),
    "appointment": gettext_lazy("Jabatan"),
    "education": gettext_lazy("Pendidikan"),
    "relative": gettext_lazy("Keluarga"),
}
FACTS: dict[str, Any] = {
    "name": gettext_lazy("Nama"),
    "front_title": gettext_lazy("Gelar depan"),
    "back_title": gettext_lazy("Gelar belakang"),
    "birth_place": gettext_lazy("Tempat lahir"),
    "birth_date": gettext_lazy("Tanggal lahir"),
    "sex": gettext_lazy("Jenis kelamin"),
    "religion": gettext_lazy("Agama"),
    "marital": gettext_lazy("Status perkawinan"),
    "nik": gettext_lazy("NIK"),
    "address": gettext_lazy("Alamat"),
    "phone": gettext_lazy("Telepon"),
    "email": gettext_lazy("Surel pribadi"),
    "work_email": gettext_lazy("Surel kantor"),
    "bank": gettext_lazy("Bank"),
    "number": gettext_lazy("Nomor rekening"),
    "holder": gettext_lazy("Atas nama"),
    "kind": gettext_lazy("Jenis kepegawaian"),
    "nip": gettext_lazy("NIP"),
    "standing": gettext_lazy("Kedudukan hukum"),
    "end_reason": gettext_lazy("Alasan berakhir"),
    "golongan": gettext_lazy("Golongan"),
    "ground": gettext_lazy("Dasar"),
    "level": gettext_lazy("Jenjang"),
    "programme": gettext_lazy("Program studi"),
    "school": gettext_lazy("Sekolah"),
    "diploma_no": gettext_lazy("Nomor ijazah"),
    "relation": gettext_lazy("Hubungan"),
    "occupation": gettext_lazy("Pekerjaan"),
    "entitled": gettext_lazy("Masuk daftar gaji"),
    "married_on": gettext_lazy("Tanggal menikah"),
    "note": gettext_lazy("Catatan"),
}
SEXES = {"L": gettext_lazy("Laki-laki"), "P": gettext_lazy("Perempuan")}
# What stands before the name of a post that is held in another way than for good.
PREFIXES = {
    AppointmentKind.PLT: "Plt. ",
    AppointmentKind.PLH: "Plh. ",
    AppointmentKind.HANDOVER: "Serah terima: ",
    AppointmentKind.RETURN: "Hak kembali: ",
}


def masked_nip(nip: str | None) -> str:
    """A NIP without its middle; '' where there is none; what is no NIP is hidden."""
    return str(masked("nip", nip or ""))


def masked_nik(nik: str | None) -> str:
    """A NIK without the birth date in it; '' where there is none."""
    return str(masked("nik", nik or ""))


def masked_account(number: str | None) -> str:
    """The last four digits of a bank account; '' where there is none."""
    return str(masked("number", number or ""))


MASKS: dict[str, Callable[[str | None], str]] = {
    "nip": masked_nip,
    "nik": masked_nik,
    "number": masked_account,
}
_CODES: Mapping[tuple[str, str], Any] = {
    ("employment", "kind"): {kind.value: kind.label for kind in EmploymentKind},
    ("employment", "end_reason"): {reason.value: reason.label for reason in EndReason},
    ("relative", "relation"): {relation.value: relation.label for relation in Relation},
    ("identity", "sex"): SEXES,
    ("relative", "sex"): SEXES,
}


def spelled(subject: str, name: str, value: Any) -> str:
    """One fact in words: '' where nothing is known. Numbers that pages mask are masked."""
    if value is None or value == "":
        return ""
    if name in MASKS:
        return MASKS[name](str(value))
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, date):
        return format_date(value)
    return str(_CODES.get((subject, name), {}).get(value, value))


def title(fact: Fact) -> str:
    """A row in a few words: what it says, without its dates."""
    return _TITLES[fact.subject](fact)


def _post(fact: Fact) -> str:
    place = fact.place
    name = str(place.get("post") or _("Jabatan"))
    jenjang = str(place.get("jenjang") or "")
    if jenjang and jenjang.lower() not in name.lower():
        name = f"{name} {jenjang}"
    return PREFIXES.get(AppointmentKind(fact.kind), "") + name


def _service(fact: Fact) -> str:
    return service(str(fact.facts["kind"]), str(fact.facts.get("standing") or ""))


def service(kind: str, standing: str) -> str:
    """The kind of service, and its standing where it says more: ``PNS, CLTN``, but ``PPPK`` if active."""
    name = EmploymentKind(kind).label
    said = _beyond(name, standing)
    return name if said.casefold() in ("", "aktif") else f"{name}, {said}"


def _beyond(begun: str, text: str) -> str:
    """A text without the words that stand before it already: ``PPPK`` and ``PPPK Aktif`` leave ``Aktif``."""
    if text.casefold() == begun.casefold():
        return ""
    return text[len(begun) :].strip() if text.casefold().startswith(f"{begun.casefold()} ") else text


def _mkg(fact: Fact) -> str:
    told = _("Masa kerja golongan %(years)s tahun") % {"years": fact.facts["mkg_years"]}
    months = _("%(months)s bulan") % {"months": fact.facts["mkg_months"]}
    return f"{told} {months}" if fact.facts["mkg_months"] else told


def _study(fact: Fact) -> str:
    level, programme = (str(fact.facts.get(name) or "") for name in ("level", "programme"))
    return f"{level} {_beyond(level, programme)}".strip()


def _kin(fact: Fact) -> str:
    return f"{spelled('relative', 'relation', fact.facts['relation'])}: {fact.facts['name']}"


def _values(fact: Fact) -> str:
    told = (spelled(fact.subject, name, fact.facts[name]) for name in FACTS if name in fact.facts)
    return ", ".join(filter(None, told))


_TITLES: dict[str, Callable[[Fact], str]] = {
    "appointment": _post,
    "employment": _service,
    "rank": lambda fact: _("Golongan %(golongan)s") % {"golongan": fact.facts["golongan"]},
    "salarystep": _mkg,
    "education": _study,
    "relative": _kin,
    "identity": _values,
    "contact": _values,
    "bankaccount": _values,
}


def order(facts: Mapping[str, Any]) -> str:
    """``SK 821.2/001, 20 Desember 2019``; '' without a number and a date."""
    parts = [facts.get("order_no") or "", format_date(facts["order_on"]) if facts.get("order_on") else ""]
    told = ", ".join(filter(None, parts))
    return f"SK {told}" if told else ""


def graduated(facts: Mapping[str, Any]) -> str:
    """The day or the year of a diploma; '' where neither is known."""
    if facts.get("graduated_on"):
        return format_date(facts["graduated_on"])
    return str(facts.get("graduated_year") or "")


# What has effect on a career from a day on.
_CAREER = frozenset({"appointment", "rank", "salarystep", "employment"})


def backdated(fact: Fact, every: bool = False) -> str:
    """The mark of a row of a career that was recorded after its first day, with its order; '' for others.

    Opening data tell of what was before; so do files, but where ``every`` row that was recorded is shown.
    """
    told_before = (SealKind.OPENING,) if every else (SealKind.OPENING, SealKind.IMPORT)
    if fact.subject not in _CAREER or fact.basis in told_before:
        return ""
    ground = order(fact.facts) or str(fact.facts.get("ground") or "")
    return backdating.backdated(fact.period.start, fact.recorded_at, ground)


def basis(kind: str) -> str:
    """What kind of act a row rests on."""
    return SealKind(kind).label


def act(code: str) -> str:
    """What kind of act a row is."""
    return Act(code).label


def instant(at: datetime) -> str:
    """``10 November 2026, 08.30`` in the government's zone, from an instant that the database stamped."""
    return waktu(at)


def looker(name: str) -> str:
    """Who looked, as the read log names him: the operator of the machine in words."""
    return (
        _("Operator mesin (%(name)s)") % {"name": name[len(_MACHINE) :]}
        if name.startswith(_MACHINE)
        else name
    )


def pairs(fact: Fact | None, *names: str) -> Iterator[tuple[str, str, str]]:
    """Label, value in words and name of the facts of one row; nothing where there is no row."""
    for name in names if fact else ():
        assert fact is not None  # noqa: S101 (the loop is empty otherwise)
        yield str(FACTS[name]), spelled(fact.subject, name, fact.facts.get(name)), name
