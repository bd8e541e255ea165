"""The law's conditions asked of people for a vacancy, and kept as they were answered."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from pamong.decisions.site import site_law
from pamong.law import merit as law
from pamong.law.conditions import Answer, Condition
from pamong.law.merit import PostAsked
from pamong.merit import models
from pamong.merit.choices import Moment
from pamong.merit.register import Candidate, read_candidates
from pamong.merit.standing import Running, barred

# Conditions that no decision sets aside: who is not in service can't be appointed, by any rule.
STATUS = frozenset({"employment", "standing", "retirement"})
TENURE = frozenset({"present_post", "present_post_long"})


def asked_of(vacancy: models.Vacancy) -> PostAsked:
    """The post of a vacancy, as the law asks it."""
    secretary = vacancy.kind == "jpt_pratama" and vacancy.title.lower().startswith("sekretaris daerah")
    return PostAsked(vacancy.kind, vacancy.eselon, secretary)


def candidates(
    ids: Collection[int], on: date, applied: Mapping[int, date] | None = None
) -> dict[int, Candidate]:
    """What the registers know of these persons on a day."""
    return read_candidates(site_law(), ids, on, applied)


def judge(vacancy: models.Vacancy, who: Candidate, on: date) -> tuple[Condition, ...]:
    """Every condition of the law but kinship, which is asked of the panel and of who signs."""
    found = law.eligibility(site_law(), asked_of(vacancy), who.facts, on)
    return tuple(each for each in found if each.code != "kin")


def judge_all(
    vacancy: models.Vacancy, rows: Iterable[models.Application], on: date
) -> dict[int, tuple[Candidate, tuple[Condition, ...]]]:
    """The same for applicants, by the ids of their applications."""
    rows = list(rows)
    known = candidates([row.person_id for row in rows], on, {row.person_id: _day(row) for row in rows})
    return {
        row.pk: (known[row.person_id], judge(vacancy, known[row.person_id], on)) for row in rows
    }  # fmt: skip


def keep(
    application: models.Application, moment: Moment, conditions: Sequence[Condition]
) -> list[models.EligibilityRow]:
    """Store conditions as they were answered at a moment."""
    return [
        models.EligibilityRow.objects.create(
            application=application, moment=moment.value, code=each.code, answer=each.answer.value,
            text=each.text, value=each.value, threshold=each.threshold, source=each.source,
            evidence=each.evidence.value if each.evidence else "", is_firm=each.firm,
        )
        for each in conditions
    ]  # fmt: skip


def keep_again(
    running: Running, moment: Moment, conditions: Sequence[Condition], basis: int
) -> Sequence[models.EligibilityRow]:
    """Store them once more at a later moment; what a decision set aside before stays so, as long as it is
    found the same. Returns what keeps the applicant out."""
    rows = keep(running.row, moment, conditions)
    earlier = {
        (row.code, row.value): row.overruling for row in running.conditions if hasattr(row, "overruling")
    }
    gone = set()
    for row in rows:
        before = earlier.get((row.code, row.value))
        if before is not None and row.answer == Answer.NOT_MET.value:
            models.Overruling.objects.create(
                condition=row, reason=before.reason, decision=before.decision, basis_id=basis
            )
            gone.add(row.pk)
    return barred(rows, gone)


def answers(conditions: Iterable[Condition]) -> dict[str, str]:
    """Codes with their answers, as entries of the log tell them."""
    return {each.code: each.answer.value for each in conditions}


def _day(row: models.Application) -> date:
    return row.recorded_at.date()
