"""A row of the SIASN export, woven into the record of the person whom it is about."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pamong.interop.imports import items
from pamong.interop.imports.comparing import differing, folded, weave_as_of, weave_since
from pamong.interop.imports.plans import RowPlan
from pamong.interop.imports.sheets import SaidRow
from pamong.kernel.errors import InvalidValue
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
    first = thread.weave.rows[0]
    wrong = differing(first.values, {name: told[name] for name in _LIFELONG})
    if wrong:
        _correct_birth(plan, thread, wrong)
    changing = {name: value for name, value in told.items() if name not in _LIFELONG}
    weave_as_of(plan, thread, on, changing, _IDENTITY, "front_title", "back_title", "nik")


def _correct_birth(plan: RowPlan, thread: Any, wrong: Mapping[str, Any]) -> None:
    """What is lifelong was wrong all along. What people entered themselves stays, and is told."""
    first = thread.weave.rows[0]
    if first.id in thread.marks and thread.marks[first.id].by_hand:
        for name in wrong:
            plan.tell("differs_by_hand", name, "berbeda dari data yang dimasukkan petugas, jadi tidak diubah")
        return
    try:
        thread.weave.correct(first, wrong, start=wrong.get("birth_date"))
    except InvalidValue as error:
        plan.tell("birth_differs", "TANGGAL LAHIR", f"tidak dapat dicatat. {error}")


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
            weave.correct(base, {**told, **stretch.order})
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
    told = {"mkg_years": said["mkg_years"], "mkg_months": said["mkg_months"] or 0}
    since = said["golongan_since"] or max(on, start)
    weave_since(plan, plan.single("salarystep"), since, on, told, {"ground": "", **_ORDER}, "")


def birth_of(said: SaidRow) -> tuple[str, date]:
    """The name and birth date by which a row is compared with people."""
    return str(folded(said["name"])), said["birth_date"] or Nip(said["nip"]).birth_date
