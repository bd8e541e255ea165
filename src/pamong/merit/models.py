"""A vacancy from its opening to the choice. Nothing here is ever changed: rows are added, each in its turn.

Triggers hold the order (``migrations/0001_initial``): criteria before the announcement, applications until
the closing, scores after it, ranks when all is scored, a choice from the locked names alone. A score is
corrected by another that takes its place; the first one stays. ``decision`` is the uid of a sealed decision.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from pamong.kernel.ids import uuid7
from pamong.law.conditions import Answer
from pamong.law.engine.evidence import Evidence
from pamong.ledger.dated import ClockTimestamp
from pamong.ledger.kinds import choices_of, known_kinds
from pamong.merit.choices import Moment, Source, Step
from pamong.merit.ranking import HIGHEST


class _Added(models.Model):
    """A row that is added and never changed, stamped by the database."""

    id = models.BigAutoField(primary_key=True)
    recorded_at = models.DateTimeField(db_default=ClockTimestamp(), editable=False)

    class Meta:
        abstract = True


class _Based(_Added):
    """One that rests on a seal of its own."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    basis = models.ForeignKey("ledger.Seal", models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Vacancy(_Based):
    """A seat to be filled, opened by a decision. ``kind`` and ``eselon`` as the post was at the opening."""

    seat = models.ForeignKey("organisation.Seat", models.PROTECT, related_name="+")
    title = models.TextField()
    kind = models.TextField()
    eselon = models.TextField(blank=True, default="")
    decision = models.UUIDField()

    class Meta:
        verbose_name = "lowongan"
        constraints = (models.CheckConstraint(condition=~Q(title=""), name="vacancy_titled"),)


class VacancyStep(_Based):
    """A vacancy goes on. ``on``: the day that counts (of the announcement, of the closing)."""

    vacancy = models.ForeignKey(Vacancy, models.PROTECT, related_name="steps", db_index=False)
    step = models.TextField(choices=choices_of(Step))
    on = models.DateField()
    reason = models.TextField(blank=True, default="")
    decision = models.UUIDField(null=True)

    class Meta:
        verbose_name = "langkah lowongan"
        constraints = (
            models.UniqueConstraint(fields=["vacancy", "step"], name="vacancystep_once"),
            known_kinds(Step, "step", "vacancystep_step"),
            models.CheckConstraint(
                condition=~Q(step=Step.CANCELLED.value) | ~Q(reason=""), name="vacancystep_cancelled"
            ),
        )


class Criteria(_Based):
    """What the announcement freezes: how many names go on, ties in order, the draw, when applications close.

    ``ties``: a list of ``{"kind", "element"}`` as ``ranking.Tie`` reads them. ``draw``: the SHA-256 of the
    sealed seed, '' for no draw.
    """

    vacancy = models.OneToOneField(Vacancy, models.PROTECT, related_name="criteria")
    names = models.SmallIntegerField()
    ties = models.JSONField(default=list)
    draw = models.TextField(blank=True, default="")
    closes_on = models.DateField()
    requirements = models.TextField(blank=True, default="")

    class Meta:
        verbose_name = "kriteria seleksi"
        constraints = (
            models.CheckConstraint(condition=Q(names__gte=1), name="criteria_names"),
            models.CheckConstraint(condition=Q(draw__regex=r"^([0-9a-f]{64})?$"), name="criteria_draw"),
        )


class CriteriaElement(_Added):
    """A part of the selection with its weight in percent; those of a vacancy that is announced sum to 100."""

    vacancy = models.ForeignKey(Vacancy, models.PROTECT, related_name="elements", db_index=False)
    code = models.TextField()
    title = models.TextField()
    weight = models.SmallIntegerField()
    place = models.SmallIntegerField()

    class Meta:
        verbose_name = "unsur seleksi"
        constraints = (
            models.UniqueConstraint(fields=["vacancy", "code"], name="element_once"),
            models.UniqueConstraint(fields=["vacancy", "place"], name="element_place"),
            models.CheckConstraint(condition=Q(code__regex=r"^[a-z0-9_]+$"), name="element_code"),
            models.CheckConstraint(condition=Q(weight__range=(1, 100)), name="element_weight"),
        )


class PanelMember(_Based):
    """Somebody on the panel, by which decision. Experts from outside have an account and no person here."""

    vacancy = models.ForeignKey(Vacancy, models.PROTECT, related_name="members", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    name = models.TextField()
    source = models.TextField(choices=choices_of(Source))
    is_chair = models.BooleanField(default=False)
    decision = models.UUIDField()

    class Meta:
        verbose_name = "anggota panitia seleksi"
        constraints = (
            models.UniqueConstraint(fields=["vacancy", "user"], name="panelmember_once"),
            models.UniqueConstraint(
                fields=["vacancy"], condition=Q(is_chair=True), name="panelmember_one_chair"
            ),
            known_kinds(Source, "source", "panelmember_source"),
        )


class Recusal(_Based):
    """A member stands aside for the whole vacancy: why, and whether he said so himself."""

    member = models.OneToOneField(PanelMember, models.PROTECT, related_name="recusal")
    reason = models.TextField()
    is_own = models.BooleanField(default=True)

    class Meta:
        verbose_name = "pengunduran diri anggota panitia"
        constraints = (models.CheckConstraint(condition=~Q(reason=""), name="recusal_reason"),)


class Presence(_Based):
    """A member says under his own sign-in that he is there on a day on which the panel sits."""

    member = models.ForeignKey(PanelMember, models.PROTECT, related_name="presences", db_index=False)
    on = models.DateField()

    class Meta:
        verbose_name = "kehadiran anggota panitia"
        constraints = (models.UniqueConstraint(fields=["member", "on"], name="presence_once"),)


class Application(_Based):
    """Somebody applies, or is invited to (PP 11/2017 Articles 118 and 119)."""

    vacancy = models.ForeignKey(Vacancy, models.PROTECT, related_name="applications", db_index=False)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    is_invited = models.BooleanField(default=False)

    class Meta:
        verbose_name = "lamaran"
        constraints = (models.UniqueConstraint(fields=["vacancy", "person"], name="application_once"),)


class EligibilityRow(_Added):
    """A condition of an applicant as it was answered at a moment."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="conditions", db_index=False)
    moment = models.TextField(choices=choices_of(Moment))
    code = models.TextField()
    answer = models.TextField(choices=choices_of(Answer))
    text = models.TextField()
    value = models.TextField(blank=True, default="")
    threshold = models.TextField(blank=True, default="")
    source = models.TextField(blank=True, default="")
    evidence = models.TextField(blank=True, default="", choices=choices_of(Evidence))
    is_firm = models.BooleanField()

    class Meta:
        verbose_name = "syarat pelamar"
        constraints = (
            models.UniqueConstraint(fields=["application", "moment", "code"], name="eligibility_once"),
            known_kinds(Moment, "moment", "eligibility_moment"),
            known_kinds(Answer, "answer", "eligibility_answer"),
            known_kinds(Evidence, "evidence", "eligibility_evidence", empty=True),
        )


class Overruling(_Based):
    """A condition that is not met is set aside: by which decision, on what ground. It is shown to all."""

    condition = models.OneToOneField(EligibilityRow, models.PROTECT, related_name="overruling")
    reason = models.TextField()
    decision = models.UUIDField()

    class Meta:
        verbose_name = "pengesampingan syarat"
        constraints = (models.CheckConstraint(condition=~Q(reason=""), name="overruling_reason"),)


class Score(_Based):
    """What a member gave an applicant in an element, in hundredths of a point, under his own sign-in.

    ``supersedes``: the score whose place it takes, with a reason; a chain, so that one stands.
    """

    member = models.ForeignKey(PanelMember, models.PROTECT, related_name="scores", db_index=False)
    application = models.ForeignKey(Application, models.PROTECT, related_name="scores", db_index=False)
    element = models.ForeignKey(CriteriaElement, models.PROTECT, related_name="scores", db_index=False)
    value = models.SmallIntegerField()
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="superseded_by")
    reason = models.TextField(blank=True, default="")

    class Meta:
        verbose_name = "nilai"
        constraints = (
            models.UniqueConstraint(
                fields=["member", "application", "element"],
                condition=Q(supersedes__isnull=True),
                name="score_one_first",
            ),
            models.CheckConstraint(condition=Q(value__range=(0, HIGHEST)), name="score_value"),
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True) | ~Q(reason=""), name="score_corrected"
            ),
        )
        indexes = (models.Index(fields=["application", "element"], name="score_of_application"),)


class Result(_Based):
    """An applicant's place: the exact total as a fraction of hundredths, the rule that broke a tie.

    ``is_locked``: among the names that go on; from them alone the choice is made.
    """

    application = models.OneToOneField(Application, models.PROTECT, related_name="result")
    rank = models.SmallIntegerField()
    total_num = models.BigIntegerField()
    total_den = models.BigIntegerField()
    tie = models.TextField(blank=True, default="")
    is_locked = models.BooleanField()

    class Meta:
        verbose_name = "hasil seleksi"
        constraints = (
            models.CheckConstraint(condition=Q(rank__gte=1), name="result_rank"),
            models.CheckConstraint(condition=Q(total_num__gte=0, total_den__gte=1), name="result_total"),
        )


class Choice(_Based):
    """Whom the appointing official chose from the locked names; not the first only with a reason."""

    vacancy = models.OneToOneField(Vacancy, models.PROTECT, related_name="choice")
    result = models.OneToOneField(Result, models.PROTECT, related_name="choice")
    rank = models.SmallIntegerField()
    reason = models.TextField(blank=True, default="")
    decision = models.UUIDField()

    class Meta:
        verbose_name = "pilihan"
        constraints = (models.CheckConstraint(condition=Q(rank=1) | ~Q(reason=""), name="choice_reason"),)


class RefusedName(_Based):
    """That somebody named another than a locked one, and was refused: who, when, for which vacancy.

    ``person``: who was named, where that is an applicant of any vacancy; else ``said`` is what was sent.
    """

    vacancy = models.ForeignKey(Vacancy, models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    said = models.TextField(blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    by_name = models.TextField()

    class Meta:
        verbose_name = "nama di luar daftar"
        constraints = (
            models.CheckConstraint(condition=Q(person__isnull=False) | ~Q(said=""), name="refusedname_says"),
        )
