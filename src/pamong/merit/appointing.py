"""The appointing official chooses one of the locked names; the appointment and its order follow.

He agrees to the first of those who can be appointed, or takes another of the list with a written reason. All
is asked again when he signs: a person may have died, retired or gone on unpaid leave since.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from pamong.decisions.choices import Answer, Part, Verdict
from pamong.decisions.errors import AttemptRefused, ContentUnfit, NotYours
from pamong.decisions.site import site_law
from pamong.decisions.types import Address, Case, Gate, Kind, Line, Paper, Signed, Step, Told
from pamong.kernel.actor import Actor
from pamong.kernel.clock import format_date
from pamong.law import merit as law
from pamong.law.conditions import Answer as Answered
from pamong.law.conditions import Condition
from pamong.ledger import services as ledger
from pamong.ledger.sql import fetch
from pamong.merit import events, gates, models, policies, standing, unseating
from pamong.merit.choices import Moment
from pamong.merit.judging import STATUS, TENURE, answers, judge_all, keep_again
from pamong.merit.locking import points
from pamong.merit.panels import vacancy_in
from pamong.merit.refusing import keep_refused
from pamong.merit.register import Candidate
from pamong.merit.results import departures
from pamong.merit.seats import seat_open, seat_uid
from pamong.merit.verifying import find_weigher, second_officer
from pamong.people.services import appoint_decided, reading

CODE = policies.APPOINTMENT
_DAYS, _OPINION_DAYS = 14, 7
_ANSWERS = (Answer.AGREE, Answer.CHANGE, Answer.REFUSE)
_REASON = """
SELECT g.reason FROM decisions_gaterow g JOIN decisions_decision d ON d.id = g.decision_id
WHERE d.uid = %(decision)s AND g.stage = 'signed' AND g.code = 'rank'
"""
_NIP = """
SELECT nip FROM people_employment WHERE person_id = %(person)s AND superseded_at IS NULL
  AND period @> %(on)s::date
"""


def _require(actor: Actor, _case: Case) -> None:
    policies.require_officer(actor)


def _check(case: Case, content: Mapping[str, Any]) -> Mapping[str, Any]:
    """The vacancy and one of its locked names; where none is named, the first who can be appointed."""
    vacancy = standing.vacancy_of(UUID(str(content["vacancy"])))
    standing.require_step(vacancy, "locked")
    effective = str(content.get("effective") or "")
    if effective:
        _day(effective)
    made = {
        "vacancy": str(vacancy.uid), "consent": str(content.get("consent") or "").strip(),
        "effective": effective, "application": str(content.get("application") or ""),
    }  # fmt: skip
    made["application"] = made["application"] or _first(case.with_content(made), vacancy)
    _refuse_attempt(case, vacancy, made["application"])
    return made


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ContentUnfit("Isi tanggalnya, misalnya 2026-11-16.", "effective") from error


def effective_on(case: Case) -> date:
    """The day from which the appointment holds: that of the signature unless a later one was set."""
    return _day(case.content["effective"]) if case.content["effective"] else case.on


def _first(case: Case, vacancy: models.Vacancy) -> str:
    for result in standing.locked_results(vacancy):
        if all(gate.verdict is not Verdict.BLOCK for gate in person_gates(case, vacancy, result)):
            return str(result.application.uid)
    raise ContentUnfit(
        "Tidak seorang pun dari nama yang dikunci masih dapat diangkat. Batalkan lowongan ini, lalu buka "
        "yang baru."
    )


def _refuse_others(case: Case, vacancy: models.Vacancy, chosen: str) -> None:
    """``ContentUnfit`` with one sentence for a name that is not locked for this post."""
    locked = [str(each.application.uid) for each in standing.locked_results(vacancy)]
    others = models.Result.objects.filter(is_locked=True).exclude(application__vacancy=vacancy)
    elsewhere = [str(uid) for uid in others.values_list("application__uid", flat=True)]
    for wrong in law.choice_problems(site_law(), case.on, chosen=chosen, locked=locked, elsewhere=elsewhere):
        raise ContentUnfit(wrong.text, "application")


def _refuse_attempt(case: Case, vacancy: models.Vacancy, chosen: str) -> None:
    """The same where somebody puts a name forward: that he did is kept."""
    try:
        _refuse_others(case, vacancy, chosen)
    except ContentUnfit as error:
        keep = partial(keep_refused, vacancy=vacancy.pk, said=chosen)
        raise AttemptRefused(str(error), "application", keep) from error


def chosen_in(case: Case) -> models.Result:
    """The locked name that a case is about. ``ContentUnfit`` for another."""
    vacancy = vacancy_in(case)
    _refuse_others(case, vacancy, case.content["application"])
    return next(
        each for each in standing.locked_results(vacancy)
        if str(each.application.uid) == case.content["application"]
    )  # fmt: skip


def _steps(case: Case) -> Sequence[Step]:
    """The Sekretaris Daerah weighs it as the authorised official, unless he is a candidate or nobody sits
    there: then a second officer looks at it. The head of government signs."""
    vacancy = vacancy_in(case)
    last = Step(
        "sign", Part.SIGN, "Pejabat Pembina Kepegawaian", Address(permission=policies.APPOINT), _ANSWERS,
        _DAYS,
    )  # fmt: skip
    persons = [each.application.person_id for each in standing.locked_results(vacancy)]
    secretary = find_weigher(case, vacancy.seat_id, persons)
    if secretary is None:
        return (second_officer(), last)
    title = "Pertimbangan Pejabat yang Berwenang"
    return (Step("opinion", Part.OPINE, title, Address(seat=secretary), days=_OPINION_DAYS), last)


def _gates(case: Case) -> Sequence[Gate]:
    vacancy = vacancy_in(case)
    if models.Choice.objects.filter(vacancy=vacancy).exists():
        text = "Calon untuk lowongan ini sudah dipilih."
        return (Gate("step", "Langkah", Verdict.BLOCK, text),)
    result = chosen_in(case)
    return (
        _rank(vacancy, result), _published(case, vacancy), *person_gates(case, vacancy, result),
        _vacant(case, vacancy), _effective(case), gates.election(effective_on(case), case.content["consent"]),
    )  # fmt: skip


def _rank(vacancy: models.Vacancy, result: models.Result) -> Gate:
    code, title = "rank", "Peringkat"
    value = f"peringkat {result.rank}"
    best = law.find(site_law(), "best_names", result.recorded_at.date())
    told = {"article": best.citation.text, "evidence": best.evidence.value} if best else {}
    if result.rank == 1:
        text = "Yang diangkat ialah calon peringkat pertama."
        return Gate(code, title, Verdict.ALLOW, text, value, "peringkat 1", **told)
    over = [each for each in standing.locked_results(vacancy) if each.rank < result.rank]
    names = reading.names_of([each.application.person_id for each in over])
    passed = ", ".join(f"{names[each.application.person_id]} (peringkat {each.rank})" for each in over)
    text = f"Yang diangkat ialah calon peringkat {result.rank}, melewati {passed}. Tulis alasannya."
    return Gate(code, title, Verdict.WARN, text, value, "peringkat 1", **told)


def _published(case: Case, vacancy: models.Vacancy) -> Gate:
    """Whether the ranks that were locked are those that the scores give (J4)."""
    code, title = "published", "Peringkat sama dengan nilai"
    odd = departures(vacancy, case.on)
    if not odd:
        return Gate(code, title, Verdict.ALLOW, "Peringkat yang dikunci sama dengan nilai para penilai.")
    names = reading.names_of([each.application.person_id for each in odd])
    told = ", ".join(f"{names[each.application.person_id]} (peringkat {each.rank})" for each in odd)
    text = f"Peringkat yang dikunci berbeda dari nilai para penilai: {told}. Minta Inspektorat memeriksanya."
    return Gate(code, title, Verdict.BLOCK, text)


def person_gates(case: Case, vacancy: models.Vacancy, result: models.Result) -> Sequence[Gate]:
    """What the law says of one of the names on the day from which he would have the post."""
    return gates_of(vacancy, [result], effective_on(case))[result.pk]


def gates_of(
    vacancy: models.Vacancy, results: Sequence[models.Result], on: date
) -> Mapping[int, Sequence[Gate]]:
    """The same of several names, by the ids of their results."""
    judged = judge_all(vacancy, [each.application for each in results], on)
    running = {each.row.pk: each for each in standing.applicants_of(vacancy)}
    return {
        each.pk: tuple(_conditions(running[each.application_id], *judged[each.application_id]))
        for each in results
    }


def _conditions(running: standing.Running, who: Candidate, conditions: Sequence[Condition]) -> Iterator[Gate]:
    groups: dict[str, list[Gate]] = {"status": [], "tenure": [], "eligibility": []}
    notes = []
    for each in conditions:
        name = "status" if each.code in STATUS else "tenure" if each.code in TENURE else "eligibility"
        if each.answer is Answered.NOT_MET and not each.firm:
            notes.append(each.text)  # what practice asks is shown, and stops nothing
        elif each.firm and not standing.is_set_aside(running, each):
            # What nobody knows, who signs says how he knows it; not so whether somebody is in service.
            unknown = Verdict.UNKNOWN if name == "status" else Verdict.WARN
            groups[name].append(gates.gate(each.code, name, each, unknown=unknown))
    fine = " ".join(["Syarat jabatan terpenuhi.", *notes])
    yield gates.worst("status", "Kedudukan", groups["status"], f"{who.name} masih berdinas.")
    yield gates.worst("tenure", "Masa dalam jabatan", groups["tenure"], "Masa dalam jabatannya cukup.")
    yield gates.worst("eligibility", "Syarat jabatan", groups["eligibility"], fine)


def _vacant(case: Case, vacancy: models.Vacancy) -> Gate:
    code, title, on = "vacant", "Jabatan kosong", effective_on(case)
    seat = seat_open(seat_uid(vacancy.seat_id), on)
    if seat is None or seat.frozen:
        text = "Posisi ini tidak ada atau dibekukan pada hari itu, jadi tidak dapat diisi."
        return Gate(code, title, Verdict.BLOCK, text)
    if seat.holder:
        text = f"{seat.label} dipegang {seat.holder} pada {format_date(on)}."
        return Gate(code, title, Verdict.BLOCK, text, seat.holder, "kosong")
    return Gate(code, title, Verdict.ALLOW, f"{seat.label} kosong pada {format_date(on)}.")


def _effective(case: Case) -> Gate:
    code, title, on = "effective", "Tanggal mulai", effective_on(case)
    if on < case.on:
        text = f"Tanggal mulai {format_date(on)} sudah lewat. SK tidak berlaku surut; ajukan tanggal lain."
        return Gate(code, title, Verdict.BLOCK, text, format_date(on), format_date(case.on))
    return Gate(code, title, Verdict.ALLOW, f"Berlaku mulai {format_date(on)}.", format_date(on))


def _tell(case: Case) -> Told:
    """The choice, with all names that could be taken."""
    vacancy, result = vacancy_in(case), chosen_in(case)
    locked = standing.locked_results(vacancy)
    names = reading.names_of([each.application.person_id for each in locked])
    lines = [
        Line("Jabatan", vacancy.title),
        Line("Yang diangkat", f"{names[result.application.person_id]} · peringkat {result.rank}"),
        Line("Berlaku mulai", format_date(effective_on(case))),
    ]
    lines += [
        Line(
            f"Peringkat {each.rank}",
            f"{names[each.application.person_id]} · {points(standing.fraction(each))}",
        )
        for each in locked
    ]
    if case.content["consent"]:
        lines.append(Line("Surat Menteri", case.content["consent"]))
    return Told(f"Pengangkatan {vacancy.title}", tuple(lines), f"/lowongan/{vacancy.uid}/")


def _apply(signed: Signed) -> None:
    """The choice, the appointment, the end of who acted there; the last look at the conditions is kept."""
    case, vacancy, result = signed.case, vacancy_in(signed.case), chosen_in(signed.case)
    row, on = result.application, effective_on(case)
    if row.person_id in reading.near(signed.actor.person_id):
        raise NotYours("Calon ini Anda sendiri atau kerabat Anda. Pejabat lain yang memutuskannya.")
    running = next(each for each in standing.applicants_of(vacancy) if each.row.pk == row.pk)
    ((_, conditions),) = judge_all(vacancy, [row], on).values()
    keep_again(running, Moment.ORDER, conditions, signed.basis)
    models.Choice.objects.create(
        vacancy=vacancy, result=result, rank=result.rank, reason=_reason(case, result), decision=case.uid,
        basis_id=signed.basis,
    )  # fmt: skip
    appoint_decided(
        actor=signed.actor, at=case.at, basis=signed.basis, person=row.person.uid,
        seat=seat_uid(vacancy.seat_id), on=on, order_no=signed.number, order_on=signed.dated_on,
    )  # fmt: skip
    event = events.Chosen(
        vacancy.uid, vacancy.title, application=row.uid, person=row.person.uid, decision=case.uid,
        rank=result.rank, conditions=answers(conditions),
    )  # fmt: skip
    ledger.record(actor=signed.actor, event=event)


def _reason(case: Case, result: models.Result) -> str:
    """What was written beside the gate of the rank; '' for the first."""
    if result.rank == 1:
        return ""
    found = fetch(_REASON, {"decision": case.uid})
    return str(found[0][0]) if found else ""


def _concerns(actor: Actor, decision: UUID) -> bool:
    """Whether somebody is the one who was appointed: his order is his to read and to print."""
    chosen = models.Choice.objects.filter(
        decision=decision, result__application__person_id=actor.person_id or 0
    )
    return chosen.exists()


def _successor(decision: UUID) -> UUID | None:
    """Whom the post was given to by the next selection for it."""
    choice = models.Choice.objects.filter(decision=decision).first()
    if choice is None:
        return None
    later = models.Choice.objects.filter(vacancy__seat_id=choice.vacancy.seat_id, pk__gt=choice.pk)
    return later.order_by("pk").values_list("decision", flat=True).first()


def _number(place: int, on: date) -> str:
    return f"821.2/{place}/{on.year}"


def _content(case: Case) -> Mapping[str, Any]:
    """The order: its one name stands on the locked list, or there is no order."""
    vacancy, result = vacancy_in(case), chosen_in(case)
    person = result.application.person_id
    name = reading.names_of([person])[person]
    numbers = fetch(_NIP, {"person": person, "on": effective_on(case)})
    nip = f", NIP {numbers[0][0]}," if numbers and numbers[0][0] else ""
    found = [law.find(site_law(), each, case.on) for each in ("best_names", "panel_odd")]
    body = law.find(site_law(), "panel_body", case.on, vacancy.kind)
    cited = [each.citation.text for each in (*found, body) if each is not None]
    return {
        "about": f"Pengangkatan dalam jabatan {vacancy.title}", "name": name, "bases": cited,
        "considering": [
            f"bahwa jabatan {vacancy.title} lowong dan telah diumumkan;",
            f"bahwa {name} termasuk nama yang dikunci menurut hasil seleksi dan memenuhi syarat jabatan.",
        ],
        "dictum": [
            f"Mengangkat {name}{nip} dalam jabatan {vacancy.title}.",
            f"Pengangkatan berlaku mulai {format_date(effective_on(case))}.",
            "Keputusan ini mulai berlaku pada tanggal ditetapkan.",
        ],
        "vacancy": str(vacancy.uid), "rank": result.rank,
    }  # fmt: skip


APPOINT = Kind(
    code=CODE,
    title="Pengangkatan dari seleksi",
    steps=_steps,
    gates=_gates,
    tell=_tell,
    reads="decisions:read",
    require=_require,
    check=_check,
    asks=frozenset({policies.APPOINT, policies.OPEN}),
    apply=_apply,
    undo=unseating.take_back,
    stuck=unseating.stuck,
    paper=Paper("pengangkatan", "order", "Keputusan pengangkatan", _number, _content),
    public=frozenset({"vacancy"}),
    concerns=_concerns,
    successor=_successor,
)
