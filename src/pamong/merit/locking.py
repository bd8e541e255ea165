"""The chair signs the result: the computed ranks, and the best names, from which alone the choice is made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any
from uuid import UUID

from pamong.access.errors import NotAllowed
from pamong.decisions.choices import Part, Verdict
from pamong.decisions.queries import own_seat
from pamong.decisions.site import site_law
from pamong.decisions.types import Address, Case, Gate, Kind, Line, Signed, Step, Told
from pamong.kernel.actor import Actor
from pamong.kernel.ids import uuid7
from pamong.law import merit as law
from pamong.ledger import services as ledger
from pamong.merit import choices as words
from pamong.merit import events, gates, models, policies, standing
from pamong.merit.choices import Moment
from pamong.merit.errors import NotOnPanel
from pamong.merit.judging import keep_again
from pamong.merit.panels import conflict_gates, size_gate, vacancy_in
from pamong.merit.ranking import round_half_up
from pamong.merit.results import Computed, computed
from pamong.people.services import reading

CODE = "merit.lock"
# Nobody above the chair signs in his place, so that no clock leads there.
_NO_CLOCK = 0


def _require(actor: Actor, case: Case) -> None:
    """The secretariat, or a member; the chair signs and so does not propose."""
    vacancy = vacancy_in(case)
    member = standing.member_of(vacancy, actor.user_id)
    if member is None:
        policies.require_officer(actor)
    elif member.is_chair:
        raise NotAllowed("Ketua menandatangani hasil, jadi anggota lain atau sekretariat yang mengajukannya.")
    else:
        standing.require_member(vacancy, actor.user_id)


def _check(case: Case, content: Mapping[str, Any]) -> Mapping[str, Any]:
    """Whatever was sent, the result is what the scores give."""
    vacancy = standing.vacancy_of(UUID(str(content["vacancy"])))
    standing.require_step(vacancy, "scored")
    return {"vacancy": str(vacancy.uid), **computed(vacancy, case.on).content}


def _steps(case: Case) -> Sequence[Step]:
    chair = next((each for each in standing.scorers(vacancy_in(case)) if each.is_chair), None)
    seat = own_seat(chair.person_id, case.on) if chair is not None and chair.person_id is not None else None
    return (Step("sign", Part.SIGN, "Ketua panitia", Address(seat=seat), days=_NO_CLOCK),)


def _gates(case: Case) -> Sequence[Gate]:
    vacancy = vacancy_in(case)
    if standing.step_of(vacancy) != "scored":
        return (Gate("step", "Langkah", Verdict.BLOCK, "Peringkat lowongan ini sudah dikunci."),)
    return tuple(_each(case, vacancy, computed(vacancy, case.on)))


def _each(case: Case, vacancy: models.Vacancy, now: Computed) -> Iterator[Gate]:
    yield _complete(now)
    yield _same(case, now)
    left = standing.scorers(vacancy)
    yield size_gate(vacancy, len(left), case)
    yield quorum_gate(vacancy, case)
    yield from conflict_gates(vacancy, [each.person_id for each in left if each.person_id], case)
    yield _applicants(case, now)
    yield _signals(now)


def _complete(now: Computed) -> Gate:
    code, title = "complete", "Nilai lengkap dan peringkat pasti"
    if not now.ranking.complete:
        text = f"{len(now.ranking.missing)} nilai belum masuk."
        return Gate(code, title, Verdict.BLOCK, text, str(len(now.ranking.missing)), "0")
    if not now.ranking.rows:
        return Gate(code, title, Verdict.BLOCK, "Tidak ada pelamar yang memenuhi syarat.")
    if now.names is not None and now.names.undecided:
        text = (
            f"{len(now.names.undecided)} calon bernilai sama pada batas nama yang disampaikan, dan aturan "
            "yang dibekukan tidak membedakan mereka. Batalkan lowongan ini, lalu buka yang baru."
        )
        return Gate(code, title, Verdict.BLOCK, text)
    return Gate(code, title, Verdict.ALLOW, f"{len(now.ranking.rows)} calon berperingkat.")


def _same(case: Case, now: Computed) -> Gate:
    code, title = "same", "Hasil sama dengan nilai"
    told = {name: case.content.get(name) for name in ("rows", "names")}
    if told == now.content:
        return Gate(code, title, Verdict.ALLOW, "Peringkat dihitung ulang dan sama.")
    text = "Hasil hitungan sekarang berbeda dari yang diajukan. Tarik usulan ini, lalu ajukan lagi."
    return Gate(code, title, Verdict.BLOCK, text)


def quorum_gate(vacancy: models.Vacancy, case: Case) -> Gate:
    """Whether enough members were there on the day on which the scores were opened."""
    taken = standing.steps_of(vacancy).get(words.Step.SCORED)
    on = taken.on if taken is not None else case.on
    left = standing.scorers(vacancy)
    present = models.Presence.objects.filter(member__in=left, on=on).count()
    found = law.quorum(site_law(), on, present=present, size=len(left))
    # No text names a quorum: what the site sets holds here like a rule.
    return gates.gate("quorum", "Kuorum", found, practice=Verdict.BLOCK)


def _applicants(case: Case, now: Computed) -> Gate:
    title = "Jumlah pelamar"
    found = law.applicants(site_law(), case.on, applied=len(now.ranking.rows))
    wrong = [gates.gate("applicants", title, each) for each in found.problems]
    return gates.worst("applicants", title, wrong, f"{len(now.ranking.rows)} calon memenuhi syarat.")


def _signals(now: Computed) -> Gate:
    code, title = "signals", "Pola nilai"
    if not now.signals:
        return Gate(code, title, Verdict.ALLOW, "Tidak ada lembar nilai yang kembar atau datar.")
    text = " ".join(f"{each.text} {each.caution}" for each in now.signals)
    return Gate(code, title, Verdict.WARN, f"{text} Tulis apa yang sudah diperiksa.")


def points(total: Fraction) -> str:
    """A total as people read it: ``87,45``."""
    shown = round_half_up(total)
    return f"{shown // 100},{shown % 100:02}"


def _tell(case: Case) -> Told:
    vacancy, rows = vacancy_in(case), case.content["rows"]
    persons = dict(
        models.Application.objects.filter(vacancy=vacancy).values_list("uid", "person_id")
    )  # fmt: skip
    names = reading.names_of(persons.values())
    lines = [Line("Jabatan", vacancy.title)]
    for row in rows:
        name = names.get(persons.get(UUID(row["application"]), 0), "")
        mark = " · dikunci" if row["locked"] else ""
        lines.append(
            Line(f"Peringkat {row['rank']}", f"{name} · {points(Fraction(row['num'], row['den']))}{mark}")
        )
    return Told(f"Hasil seleksi {vacancy.title}", tuple(lines), f"/lowongan/{vacancy.uid}/")


def _apply(signed: Signed) -> None:
    """Conditions are asked once more, ranks are stored, and the names are locked; the chair's hand alone."""
    case, vacancy = signed.case, vacancy_in(signed.case)
    chair = next((each for each in standing.scorers(vacancy) if each.is_chair), None)
    if chair is None or chair.user_id != signed.actor.user_id:
        raise NotOnPanel("Hasil hanya ditandatangani oleh ketua panitia sendiri.")
    now = computed(vacancy, case.on)
    for each in standing.applicants_of(vacancy):
        if each.conditions:
            keep_again(each, Moment.LOCK, now.judged[each.row.pk][1], signed.basis)
    made = [_result(row, signed.basis) for row in case.content["rows"]]
    step = models.VacancyStep.objects.create(
        vacancy=vacancy, step=words.Step.LOCKED.value, on=case.on, decision=case.uid, basis_id=signed.basis
    )
    scores = standing.standing_scores(vacancy)
    names = reading.names_of([each.application.person_id for each in made])
    told = [_ranked(vacancy, each, scores, names) for each in made]
    ledger.record_many(actor=signed.actor, events=[*told, step_event(vacancy, step)])


def _result(row: Mapping[str, Any], basis: int) -> models.Result:
    application = models.Application.objects.select_related("person").get(uid=UUID(row["application"]))
    return models.Result.objects.create(
        uid=uuid7(application.recorded_at), application=application, rank=row["rank"], total_num=row["num"],
        total_den=row["den"], tie=row["tie"], is_locked=row["locked"], basis_id=basis,
    )  # fmt: skip


def step_event(vacancy: models.Vacancy, step: models.VacancyStep) -> events.StepTaken:
    """A step as the log tells it."""
    return events.StepTaken(
        vacancy.uid, vacancy.title, step=step.step, on=step.on, label=words.Step(step.step).label,
        reason=step.reason,
    )  # fmt: skip


def _ranked(
    vacancy: models.Vacancy, result: models.Result, scores: Sequence[models.Score], names: Mapping[int, str]
) -> events.Ranked:
    own = [
        {"element": each.element.code, "member": each.member.uid, "value": each.value}
        for each in scores if each.application_id == result.application_id
    ]  # fmt: skip
    return events.Ranked(
        vacancy.uid, vacancy.title, application=result.application.uid, person=result.application.person.uid,
        result=result.uid, name=names.get(result.application.person_id, ""), rank=result.rank,
        total=(result.total_num, result.total_den), scores=own, goes_on=result.is_locked,
    )  # fmt: skip


LOCK = Kind(
    code=CODE,
    title="Hasil seleksi",
    steps=_steps,
    gates=_gates,
    tell=_tell,
    reads="decisions:read",
    require=_require,
    check=_check,
    apply=_apply,
    two="the panel itself scored, each member alone, and ranks are computed: nothing is left to be verified",
    public=frozenset({"vacancy"}),
)
