"""A vacancy is opened by a decision: which seat, by which elements and weights, until when applications come.

What is decided here is what the announcement freezes. Nothing of it can be changed later; who finds a fault
cancels the vacancy with a reason and opens another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from pamong.decisions.choices import Part, Verdict
from pamong.decisions.errors import ContentUnfit
from pamong.decisions.site import site_law
from pamong.decisions.types import Address, Case, Gate, Kind, Line, Signed, Step, Told
from pamong.kernel.actor import Actor
from pamong.kernel.clock import format_date
from pamong.law import merit as law
from pamong.law.merit import WindowState
from pamong.ledger import services as ledger
from pamong.merit import events, gates, models, policies
from pamong.merit.ranking import Element, TieKind, usual_ties
from pamong.merit.seats import SeatOpen, is_open_elsewhere, seat_open
from pamong.merit.verifying import verify_step
from pamong.people.services import reading

CODE = "merit.open"
_DAYS = 7
_MOST_ELEMENTS, _MOST_NAMES = 8, 9
_JPT = "jpt"


def seat_in(case: Case) -> SeatOpen:
    """The seat of a case, as it is on its day. ``ContentUnfit`` for one that is not there."""
    found = seat_open(UUID(case.content["seat"]), date.fromisoformat(case.content["needed_on"]))
    if found is None:
        raise ContentUnfit("Posisi ini tidak ditemukan pada tanggal itu. Pilih dari daftar.", "seat")
    return found


def _require(actor: Actor, _case: Case) -> None:
    policies.require_officer(actor)


def _check(case: Case, content: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the form says, in its canonical order; ties are ours where it names none."""
    closes, needed = _day(content, "closes_on"), _day(content, "needed_on")
    elements = [_element(each) for each in content.get("elements") or ()]
    if not elements or len(elements) > _MOST_ELEMENTS:
        raise ContentUnfit("Isi satu sampai delapan unsur seleksi dengan bobotnya.", "elements")
    if len({each["code"] for each in elements}) < len(elements):
        raise ContentUnfit("Setiap unsur hanya satu kali. Periksa kodenya.", "elements")
    names = content.get("names")
    if not isinstance(names, int) or not 1 <= names <= _MOST_NAMES:
        raise ContentUnfit("Isi berapa nama yang disampaikan, misalnya 3.", "names")
    if closes < case.on:
        raise ContentUnfit("Batas akhir pelamaran tidak boleh sebelum hari ini.", "closes_on")
    if needed < closes:
        raise ContentUnfit("Jabatan diisi sesudah pelamaran ditutup. Periksa kedua tanggalnya.", "needed_on")
    said = {name: str(content.get(name) or "").strip() for name in ("requirements", "basis", "consent")}
    made = {
        "seat": _uid(content), "closes_on": closes.isoformat(), "needed_on": needed.isoformat(),
        "names": names, "elements": elements, "ties": _ties(content, elements), **said,
    }  # fmt: skip
    seat_in(case.with_content(made))
    return made


def _uid(content: Mapping[str, Any]) -> str:
    try:
        return str(UUID(str(content.get("seat"))))
    except ValueError as error:
        raise ContentUnfit("Pilih posisi dari daftar.", "seat") from error


def _day(content: Mapping[str, Any], field: str) -> date:
    try:
        return date.fromisoformat(str(content.get(field)))
    except ValueError as error:
        raise ContentUnfit("Isi tanggalnya, misalnya 2026-11-16.", field) from error


def _element(said: Mapping[str, Any]) -> dict[str, Any]:
    code, title, weight = (
        str(said.get("code") or ""),
        str(said.get("title") or "").strip(),
        said.get("weight"),
    )
    if not code.replace("_", "").isalnum() or code != code.lower() or not code.isascii() or not title:
        raise ContentUnfit("Setiap unsur punya nama.", "elements")
    if not isinstance(weight, int) or not 1 <= weight <= 100:
        raise ContentUnfit(f"Bobot {title.lower()} diisi 1 sampai 100.", "elements")
    return {"code": code, "title": title, "weight": weight}


def _ties(content: Mapping[str, Any], elements: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    given = content.get("ties")
    if given:
        codes = {each["code"] for each in elements}
        made = [{"kind": str(each["kind"]), "element": str(each.get("element") or "")} for each in given]
        kinds = (TieKind.ELEMENT.value, TieKind.SERVICE.value)
        if any(each["kind"] not in kinds for each in made) or any(
            each["kind"] == TieKind.ELEMENT.value and each["element"] not in codes for each in made
        ):
            raise ContentUnfit("Aturan nilai sama hanya menurut unsur atau masa kerja.", "ties")
        return made
    rules = usual_ties([Element(each["code"], each["weight"], ("x",)) for each in elements])
    # No sealed draw: nobody here both keeps its seed and has no hand in the list of applicants.
    return [{"kind": tie.kind.value, "element": tie.element} for tie in rules if tie.kind is not TieKind.DRAW]


def _steps(case: Case) -> Sequence[Step]:
    signer = Address(permission=policies.APPOINT)
    sign = Step("sign", Part.SIGN, "Pejabat Pembina Kepegawaian", signer, days=_DAYS)
    return (verify_step(case, seat_in(case).id), sign)


def _gates(case: Case) -> Sequence[Gate]:
    return tuple(_each(case, seat_in(case)))


def _each(case: Case, seat: SeatOpen) -> Iterator[Gate]:
    content, rules = case.content, site_law()
    yield vacancy_gate(seat, date.fromisoformat(content["needed_on"]))
    yield _kind(seat)
    weights = {each["code"]: each["weight"] for each in content["elements"]}
    jpt = seat.kind.startswith(_JPT)
    wrong = [
        gates.gate("weights", "Bobot unsur", each, unknown=Verdict.WARN if jpt else Verdict.ALLOW)
        for each in law.weights_problems(rules, case.on, weights=weights)
        if jpt or each.firm  # ranges are of open selections
    ]
    yield gates.worst("weights", "Bobot unsur", wrong, "Jumlah bobot 100 %.")
    yield window_gate(seat.kind, case.on, content)
    yield _names(case, jpt=jpt)
    yield gates.election(date.fromisoformat(content["needed_on"]), content["consent"])


def vacancy_gate(seat: SeatOpen, on: date) -> Gate:
    """Whether a seat is there to be filled on a day: nobody has it, it is not frozen, no other vacancy is
    open."""
    code, title = "vacant", "Jabatan kosong"
    if seat.holder:
        text = f"{seat.label} dipegang {seat.holder} pada {format_date(on)}. Catat dulu akhir jabatannya."
        return Gate(code, title, Verdict.BLOCK, text, seat.holder, "kosong")
    if seat.frozen:
        return Gate(code, title, Verdict.BLOCK, f"{seat.label} dibekukan, jadi tidak diisi.")
    if is_open_elsewhere(seat.id):
        text = f"{seat.label} sudah mempunyai lowongan yang berjalan. Lanjutkan atau batalkan yang itu."
        return Gate(code, title, Verdict.BLOCK, text)
    return Gate(code, title, Verdict.ALLOW, f"{seat.label} kosong pada {format_date(on)}.", "", "kosong")


def _kind(seat: SeatOpen) -> Gate:
    """The steps that open selections need beside these stand in no form yet."""
    code, title = "kind", "Jenis jabatan"
    body = law.find(site_law(), "panel_body", seat.on, seat.kind)
    if body is None:
        text = f"Belum ada aturan yang dibaca tentang pengisian jabatan {seat.kind} lewat seleksi."
        return Gate(code, title, Verdict.BLOCK, text, seat.kind)
    if seat.kind.startswith(_JPT):
        text = (
            "Seleksi terbuka JPT memerlukan tahap kesehatan, rekomendasi, dan koordinasi yang dicatat di "
            "luar aplikasi. Tulis bagaimana tahap itu dijalankan."
        )
        return Gate(
            code, title, Verdict.WARN, text, seat.kind, article=body.citation.text,
            evidence=body.evidence.value,
        )  # fmt: skip
    text = f"Jabatan {seat.kind} dibandingkan oleh Tim Penilai Kinerja."
    return Gate(
        code, title, Verdict.ALLOW, text, seat.kind, article=body.citation.text, evidence=body.evidence.value
    )


def window_gate(kind: str, announced: date, content: Mapping[str, Any]) -> Gate:
    """Whether applications stay open long enough if they are announced on a day."""
    code, title = "window", "Masa pelamaran"
    closing = date.fromisoformat(content["closes_on"])
    if closing < announced:
        text = f"Batas akhir {format_date(closing)} sudah lewat. Buka lowongan dengan tanggal baru."
        return Gate(code, title, Verdict.BLOCK, text, format_date(closing))
    found = law.window(site_law(), announced=announced, closing=closing, basis=content["basis"])
    if found is None:
        return Gate(code, title, Verdict.UNKNOWN, "Masa pelamaran yang disyaratkan belum diketahui.")
    verdict, text = _VERDICTS[found.state], found.text
    if not kind.startswith(_JPT) and verdict is Verdict.BLOCK:
        verdict = Verdict.WARN
        text += " Pasal itu tentang JPT; untuk jabatan ini belum ada naskah yang dibaca."
    rule = found.rule
    return Gate(
        code, title, verdict, text, format_date(closing), format_date(found.literal), rule.citation.text,
        rule.citation.link or "", rule.evidence.value,
    )  # fmt: skip


_VERDICTS = {
    WindowState.OK: Verdict.ALLOW,
    WindowState.WARN: Verdict.WARN,
    WindowState.NEEDS_BASIS: Verdict.BLOCK,
}


def _names(case: Case, *, jpt: bool) -> Gate:
    code, title, names = "names", "Jumlah nama", case.content["names"]
    best = law.find(site_law(), "best_names", case.on)
    if best is None:
        return Gate(code, title, Verdict.UNKNOWN, "Jumlah nama yang disampaikan belum diketahui.")
    same = names == best.value
    text = f"{names} nama terbaik disampaikan."
    if not same:
        text += f" Untuk JPT {best.value} nama."
    verdict = Verdict.ALLOW if same else Verdict.BLOCK if jpt else Verdict.WARN
    return Gate(
        code, title, verdict, text, str(names), str(best.value), best.citation.text,
        best.citation.link or "", best.evidence.value,
    )  # fmt: skip


def _tell(case: Case) -> Told:
    content, seat = case.content, seat_in(case)
    weights = ", ".join(f"{each['title']} {each['weight']} %" for each in content["elements"])
    lines = [
        Line("Jabatan", seat.label),
        Line("Unsur dan bobot", weights),
        Line("Nilai sama diputus menurut", _ties_told(content)),
        Line("Nama yang disampaikan", str(content["names"])),
        Line("Pelamaran sampai", format_date(date.fromisoformat(content["closes_on"]))),
        Line("Diisi mulai", format_date(date.fromisoformat(content["needed_on"]))),
    ]
    said = (
        ("Syarat khusus", "requirements"),
        ("Dasar masa pendek", "basis"),
        ("Surat Menteri", "consent"),
    )
    lines += [Line(label, content[name]) for label, name in said if content[name]]
    return Told(f"Lowongan {seat.label}", tuple(lines))


def _ties_told(content: Mapping[str, Any]) -> str:
    titles = {each["code"]: each["title"].lower() for each in content["elements"]}
    words = [titles.get(tie["element"], "masa kerja") for tie in content["ties"]]
    return ", lalu ".join(words) or "tidak ada"


def _apply(signed: Signed) -> None:
    """The vacancy, and what its announcement freezes. Of two that open one seat the second is refused."""
    case, content, seat = signed.case, signed.case.content, seat_in(signed.case)
    reading.lock_seats([seat.id])
    if is_open_elsewhere(seat.id):
        raise ContentUnfit(vacancy_gate(seat, seat.on).sentence)
    vacancy = models.Vacancy.objects.create(
        seat_id=seat.id, title=seat.label, kind=seat.kind, eselon=seat.eselon, decision=case.uid,
        basis_id=signed.basis,
    )  # fmt: skip
    models.Criteria.objects.create(
        vacancy=vacancy, names=content["names"], ties=content["ties"],
        closes_on=date.fromisoformat(content["closes_on"]), requirements=content["requirements"],
        basis_id=signed.basis,
    )  # fmt: skip
    for place, each in enumerate(content["elements"]):
        models.CriteriaElement.objects.create(vacancy=vacancy, place=place, **each)
    event = events.Opened(
        vacancy.uid, vacancy.title, decision=case.uid, names=content["names"],
        elements={each["code"]: each["weight"] for each in content["elements"]},
        closes_on=date.fromisoformat(content["closes_on"]),
    )  # fmt: skip
    ledger.record(actor=signed.actor, event=event)


def soonest_closing(kind: str, announced: date) -> date | None:
    """The earliest last day of applications by the text, for a form; None where no rule holds."""
    rule = law.find(site_law(), "announcement_days", announced)
    return announced + timedelta(days=rule.value) if rule is not None and kind else None


OPEN = Kind(
    code=CODE,
    title="Pembukaan lowongan",
    steps=_steps,
    gates=_gates,
    tell=_tell,
    reads="decisions:read",
    require=_require,
    check=_check,
    asks=frozenset({policies.APPOINT, policies.OPEN}),
    apply=_apply,
    public=frozenset({"seat", "closes_on", "needed_on", "names", "elements", "ties", "requirements"}),
)
