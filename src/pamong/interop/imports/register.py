"""A row of the SIASN export, woven into the record of the person whom it is about."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pamong.interop.imports import items
from pamong.interop.imports.comparing import differing, folded, weave_as_of, weave_since
from pamong.interop.imports.plans import RowPlan, Thread
from pamong.interop.imports.sheets import SaidRow
from pamong.interop.imports.weave import Weave
from pamong.kernel.clock import format_date
from pamong.kernel.nik import Nik
from pamong.kernel.nip import Nip
from pamong.people.choices import EmploymentKind

SUBJECTS = ("identity", "contact", "employment", "rank", "salarystep", "appointment", "education")
_ROOMS = tuple(
    f"{row}/{room}" for row in ("I", "II", "III", "IV") for room in ("abcde" if row == "IV" else "abcd")
)
_ACTIVE = "Aktif"
_UNKNOWN = "Belum diketahui"
_ORDER: Mapping[str, Any] = {"order_no": "", "order_on": None}
_IDENTITY: Mapping[str, Any] = {
    "name": "", "front_title": "", "back_title": "", "birth_place": "", "birth_date": None, "sex": "",
    "religion": "", "marital": "", "nik": None,
}  # fmt: skip
_LIFELONG = ("birth_place", "birth_date", "sex")
_TO_BE_ENTERED = (
    "jadi baris ini tidak disimpan. Betulkan berkasnya, atau usulkan pembetulan identitas pegawai ini"
)
_CONTACT: Mapping[str, Any] = {"address": "", "phone": "", "email": "", "work_email": ""}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Service of one kind from a day on, by which order."""

    since: date
    kind: str
    order: Mapping[str, Any]


def weave_row(plan: RowPlan, on: date, taken: Collection[str]) -> None:
    """Weave everything but the seat. ``taken``: NIK that belong to somebody else."""
    said = plan.said
    stretches = list(_stretches(plan))
    if not stretches:
        return
    _identity(plan, on, taken)
    if plan.blocked:
        return
    _employment(plan, on, stretches)
    contact = {"address": said["address"], "phone": said["phone"], "email": said["email"],
               "work_email": said["email_gov"]}  # fmt: skip
    weave_as_of(plan, plan.single("contact"), on, contact, _CONTACT)
    _rank(plan, on, stretches)
    _salary_step(plan, on, stretches[0].since)
    if said["education_level"]:
        items.weave_diploma(
            plan,
            on,
            {"level": said["education_level"], "programme": said["programme"], "school": said["school"],
             "graduated_year": said["graduated_year"]},
        )  # fmt: skip


def _identity(plan: RowPlan, on: date, taken: Collection[str]) -> None:
    said = plan.said
    told = {name: said[name] for name in _IDENTITY}
    if told["nik"] in taken:
        plan.tell("nik_taken", "NIK", "sudah dipakai pegawai lain, jadi tidak dicatat", value=told["nik"])
        told["nik"] = None
    nip = Nip(said["nip"])
    thread = plan.single("identity")
    if not thread.weave.rows:
        told["birth_date"] = told["birth_date"] or nip.birth_date
        told["sex"] = told["sex"] or nip.sex
        whole = {**_IDENTITY, **{name: value for name, value in told.items() if value is not None}}
        thread.weave.change(whole["birth_date"], whole)
        return
    if _contradicts(plan, thread.weave, on, told):
        return
    place = {"birth_place": told["birth_place"]}
    if differing(thread.weave.rows[0].values, place):
        _correct_place(plan, thread, place)
    changing = {name: value for name, value in told.items() if name not in _LIFELONG}
    weave_as_of(plan, thread, on, changing, _IDENTITY, "front_title", "back_title", "nik")


def _contradicts(plan: RowPlan, weave: Weave, on: date, told: Mapping[str, Any]) -> bool:
    """Whether a row says of somebody known that he is another: then all of it stays out.

    Who somebody is (birth, sex, NIK) is put right by an entry, which two people see.
    """
    before = len(plan.problems)
    record = (weave.at(on) or weave.rows[-1]).values
    born, sex, nik = record["birth_date"], record["sex"], record["nik"]
    if told["birth_date"] not in (None, born):
        text = f"berbeda dari tanggal lahir di sini ({format_date(born)}), {_TO_BE_ENTERED}"
        plan.tell("birth_differs", "TANGGAL LAHIR", text, "block", f"{told['birth_date']:%d-%m-%Y}")
    if told["sex"] and sex and told["sex"] != sex:
        plan.tell(
            "sex_differs", "JENIS KELAMIN", f"berbeda dari yang tercatat di sini, {_TO_BE_ENTERED}", "block"
        )
    if told["nik"] and nik and told["nik"] != nik:
        plan.tell("nik_differs", "NIK", f"berbeda dari NIK di sini, {_TO_BE_ENTERED}", "block", told["nik"])
    elif told["nik"] and not nik and not _fits(Nik.parse(told["nik"]), born, sex):
        text = f"tidak sesuai dengan tanggal lahir atau jenis kelamin di sini, {_TO_BE_ENTERED}"
        plan.tell("nik_differs", "NIK", text, "block", told["nik"])
    return len(plan.problems) > before


def _fits(nik: Nik, born: date, sex: str) -> bool:
    return nik.matches_birth(born) and (not sex or nik.sex == sex)


def _correct_place(plan: RowPlan, thread: Thread, place: Mapping[str, Any]) -> None:
    """Where somebody was born was wrong all along. What people entered themselves stays, and is told."""
    first = thread.weave.rows[0]
    mark = thread.marks.get(first.id or 0)
    if mark is not None and mark.by_hand:
        text = "berbeda dari data yang dimasukkan petugas, jadi tidak diubah"
        plan.tell("differs_by_hand", "TEMPAT LAHIR NAMA", text)
        return
    thread.weave.correct(first, place)


def _stretches(plan: RowPlan) -> Iterator[Stretch]:
    """CPNS and then PNS, or one kind; nothing, and a problem, where nobody can tell from when."""
    said = plan.said
    kind, since = said["kind"], said["cpns_since"] or said["pns_since"]
    if kind is None:
        plan.tell("kind", "STATUS CPNS PNS", "kosong, harus diisi", "block")
    if since is None:
        plan.tell("start", "TMT CPNS", "kosong, padahal menentukan awal masa kerja", "block")
    if kind is None or since is None:
        return
    first, then = _order(said, "cpns"), _order(said, "pns")
    confirmed = said["pns_since"]
    if kind == EmploymentKind.PNS.value and confirmed and confirmed > since:
        yield Stretch(since, EmploymentKind.CPNS.value, first)
        yield Stretch(confirmed, kind, then)
    else:
        yield Stretch(since, kind, then if kind == EmploymentKind.PNS.value and then["order_no"] else first)


def _order(said: SaidRow, part: str) -> dict[str, Any]:
    return {"order_no": said[f"{part}_order_no"] or "", "order_on": said[f"{part}_order_on"]}


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    """Without what the file leaves empty: that erases nothing."""
    return {name: value for name, value in values.items() if value not in (None, "")}


def _employment(plan: RowPlan, on: date, stretches: list[Stretch]) -> None:
    thread = plan.single("employment")
    weave, standing = thread.weave, plan.said["standing"]
    if not standing and not weave.rows:
        plan.tell("standing", "KEDUDUKAN HUKUM NAMA", f"kosong, dicatat '{_UNKNOWN}'")
    now = weave.at(max(on, stretches[-1].since))
    if (
        now is not None
        and now.values["kind"] != stretches[-1].kind
        and now.period.start > stretches[-1].since
    ):
        text = f"berkas: {stretches[-1].kind}; di sini: {now.values['kind']}, lebih baru, jadi tidak diubah"
        plan.tell("newer_here", "STATUS CPNS PNS", text)
        return
    for number, stretch in enumerate(stretches):
        last = number == len(stretches) - 1
        told = {"kind": stretch.kind, "nip": plan.said["nip"]}
        base = weave.at(stretch.since)
        if base is not None and not differing(base.values, told):
            continue
        mark = thread.marks.get(base.id or 0) if base else None
        if base is not None and mark is not None and mark.by_hand and mark.recorded_on >= on:
            plan.tell(
                "newer_here", "TMT CPNS", f"{base.values['kind']} di sini dimasukkan petugas; tidak diubah"
            )
            continue
        if base is not None and base.period.start == stretch.since:
            weave.correct(base, {**told, **_filled(stretch.order)})
            continue
        values = {**told, "end_reason": "", **stretch.order}
        if base is None or last:
            values["standing"] = (standing or _UNKNOWN) if last else _ACTIVE
        weave.change(stretch.since, values)
    _compare_service(plan, thread, on, stretches[-1], standing)


def _compare_service(plan: RowPlan, thread: Any, on: date, last: Stretch, standing: str | None) -> None:
    """What the file says of the service on its date, beside what stands."""
    base = thread.weave.at(max(on, last.since))
    if base is None:
        plan.tell("ended_here", "KEDUDUKAN HUKUM NAMA", "di sini pegawai ini sudah berhenti; tidak diubah")
        return
    if standing:
        weave_as_of(plan, thread, max(on, last.since), {"standing": standing}, {})


def _rank(plan: RowPlan, on: date, stretches: list[Stretch]) -> None:
    """The present golongan from its TMT; of a person without any, the first one too."""
    said, start = plan.said, stretches[0].since
    golongan = said["golongan"]
    if golongan is None:
        return
    first = said["first_golongan"]
    since = said["golongan_since"] or (start if first in (golongan, None) else None)
    if since is None:
        plan.tell("golongan_since", "TMT GOLONGAN", "kosong; golongan dicatat sejak tanggal berkas")
        since = max(on, start)
    thread = plan.single("rank")
    if not thread.weave.rows and first and first != golongan and start < since:
        values = {"golongan": first, "ground": "", **stretches[0].order}
        thread.weave.change(start, values, _end_of_first(first, golongan, since, stretches))
    weave_since(plan, thread, since, on, {"golongan": golongan}, {"ground": "", **_ORDER}, "TMT GOLONGAN")


def _end_of_first(first: str, golongan: str, since: date, stretches: list[Stretch]) -> date:
    """Until when the first golongan held: up to the next one, else only as long as nobody is promoted.

    Between a first III/a and a present IV/a lie ranks that the file does not tell.
    """
    rooms = [_ROOMS.index(each) for each in (first, golongan) if each in _ROOMS]
    adjacent = len(rooms) == 2 and rooms[1] - rooms[0] == 1
    if adjacent or len(stretches) == 1 or stretches[-1].since >= since:
        return since
    return stretches[-1].since


def _salary_step(plan: RowPlan, on: date, start: date) -> None:
    said = plan.said
    if said["mkg_years"] is None:
        return
    since = said["golongan_since"] or max(on, start)
    thread = plan.single("salarystep")
    base = thread.weave.at(max(on, since))
    months = said["mkg_months"]
    if months is None and base is not None and base.values["mkg_years"] == said["mkg_years"]:
        months = base.values["mkg_months"]
    told = {"mkg_years": said["mkg_years"], "mkg_months": months or 0}
    weave_since(plan, thread, since, on, told, {"ground": "", **_ORDER}, "")


def birth_of(said: SaidRow) -> tuple[str, date]:
    """The name and birth date by which a row is compared with people."""
    return str(folded(said["name"])), said["birth_date"] or Nip(said["nip"]).birth_date
