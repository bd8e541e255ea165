"""Persons and everything dated about them; entries that wait for a second person; batches of imports."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Now

from pamong.kernel.ids import uuid7
from pamong.ledger.choices import Act
from pamong.ledger.dated import ALIVE, DatedRow, never_two, usual_constraints
from pamong.people.choices import (
    AppointmentKind,
    BatchKind,
    BatchState,
    EmploymentKind,
    EndReason,
    EntryState,
    Outcome,
    Relation,
    Verification,
)

MOST_CLASS = 17


def _choices(kinds: type) -> list[tuple[str, str]]:
    return [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]


def _known(kinds: type, field: str, name: str, *, empty: bool = False) -> models.CheckConstraint:
    values = [kind.value for kind in kinds]  # type: ignore[attr-defined]
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": [*values, *([""] if empty else [])]}), name=name
    )


def _one_person(name: str, field: str) -> ExclusionConstraint:
    """A number belongs to one person for good."""
    return ExclusionConstraint(
        name=name,
        expressions=[(field, RangeOperators.EQUAL), ("person", RangeOperators.NOT_EQUAL)],
        condition=ALIVE & Q(**{f"{field}__isnull": False}),
    )


class Person(models.Model):
    """Somebody. ``user`` is the account by which he signs in, if he has one."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="person")
    created_at = models.DateTimeField(db_default=Now(), editable=False)


class OfPerson(DatedRow):
    """A dated row about a person."""

    key: ClassVar[tuple[str, ...]] = ("person_id",)

    class Meta:
        abstract = True


class Identity(OfPerson):
    """Who somebody is. Titles are kept exactly as written: dr. is not Dr. The first row begins at birth."""

    facts: ClassVar = (
        "name", "front_title", "back_title", "birth_place", "birth_date", "sex", "religion", "marital", "nik",
    )  # fmt: skip

    person = models.ForeignKey(Person, models.PROTECT, related_name="identities")
    name = models.TextField()
    front_title = models.TextField(blank=True, default="")
    back_title = models.TextField(blank=True, default="")
    birth_place = models.TextField(blank=True, default="")
    birth_date = models.DateField()
    sex = models.TextField(choices=[("L", "Laki-laki"), ("P", "Perempuan")])
    religion = models.TextField(blank=True, default="")
    marital = models.TextField(blank=True, default="")
    nik = models.TextField(null=True)

    class Meta:
        verbose_name = "identitas"
        constraints = (
            *usual_constraints("identity", "person"),
            _one_person("identity_nik_once", "nik"),
            models.CheckConstraint(condition=Q(sex__in=["L", "P"]), name="identity_sex"),
            models.CheckConstraint(
                condition=Q(nik__isnull=True) | Q(nik__regex=r"^\d{16}$"), name="identity_nik"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="identity_name"),
        )
        indexes = (
            GinIndex(OpClass(Lower("name"), "gin_trgm_ops"), name="identity_name_words", condition=ALIVE),
            models.Index(Lower("name"), "person", name="identity_name_order", condition=ALIVE),
            models.Index(fields=["birth_date"], name="identity_birth", condition=ALIVE),
        )


class Contact(OfPerson):
    """Where somebody is reached."""

    facts: ClassVar = ("address", "phone", "email", "work_email")

    person = models.ForeignKey(Person, models.PROTECT, related_name="contacts")
    address = models.TextField(blank=True, default="")
    phone = models.TextField(blank=True, default="")
    email = models.TextField(blank=True, default="")
    work_email = models.TextField(blank=True, default="")

    class Meta:
        verbose_name = "kontak"
        constraints = usual_constraints("contact", "person")


class BankAccount(OfPerson):
    """Where pay goes."""

    facts: ClassVar = ("bank", "number", "holder")

    person = models.ForeignKey(Person, models.PROTECT, related_name="bank_accounts")
    bank = models.TextField()
    number = models.TextField()
    holder = models.TextField()

    class Meta:
        verbose_name = "rekening"
        constraints = (
            *usual_constraints("bankaccount", "person"),
            models.CheckConstraint(condition=Q(number__regex=r"^[0-9]{5,20}$"), name="bankaccount_number"),
        )


class Employment(OfPerson):
    """A stretch of service: in what kind, under which NIP, with what standing by law (kedudukan hukum).

    The last stretch says why it ended. After it nothing holds.
    """

    facts: ClassVar = ("kind", "nip", "standing", "end_reason", "order_no", "order_on")

    person = models.ForeignKey(Person, models.PROTECT, related_name="employments")
    kind = models.TextField(choices=_choices(EmploymentKind))
    nip = models.TextField(null=True)
    standing = models.TextField()
    end_reason = models.TextField(blank=True, default="", choices=_choices(EndReason))
    order_no = models.TextField(blank=True, default="")
    order_on = models.DateField(null=True)

    class Meta:
        verbose_name = "kepegawaian"
        constraints = (
            *usual_constraints("employment", "person"),
            _known(EmploymentKind, "kind", "employment_kind"),
            _known(EndReason, "end_reason", "employment_end_reason", empty=True),
            _one_person("employment_nip_once", "nip"),
            models.CheckConstraint(
                condition=Q(kind=EmploymentKind.TKPK.value) | Q(nip__regex=r"^\d{18}$"), name="employment_nip"
            ),
            models.CheckConstraint(
                condition=Q(end_reason="") | Q(period__endswith__isnull=False), name="employment_ended"
            ),
        )
        indexes = (
            models.Index(
                OpClass(F("nip"), "text_pattern_ops"), name="employment_nip_begins", condition=ALIVE
            ),
        )


class Rank(OfPerson):
    """Golongan over a period, by which order."""

    facts: ClassVar = ("golongan", "ground", "order_no", "order_on")

    person = models.ForeignKey(Person, models.PROTECT, related_name="ranks")
    golongan = models.TextField()
    ground = models.TextField(blank=True, default="")
    order_no = models.TextField(blank=True, default="")
    order_on = models.DateField(null=True)

    class Meta:
        verbose_name = "golongan"
        constraints = (
            *usual_constraints("rank", "person"),
            models.CheckConstraint(
                condition=Q(golongan__regex=r"^((I|II|III)/[a-d]|IV/[a-e]|[IVX]{1,5})$"), name="rank_golongan"
            ),
        )


class SalaryStep(OfPerson):
    """Masa kerja golongan by which the base salary is looked up, over a period, by which order."""

    facts: ClassVar = ("mkg_years", "mkg_months", "ground", "order_no", "order_on")

    person = models.ForeignKey(Person, models.PROTECT, related_name="salary_steps")
    mkg_years = models.SmallIntegerField()
    mkg_months = models.SmallIntegerField(default=0)
    ground = models.TextField(blank=True, default="")
    order_no = models.TextField(blank=True, default="")
    order_on = models.DateField(null=True)

    class Meta:
        verbose_name = "masa kerja golongan"
        constraints = (
            *usual_constraints("salarystep", "person"),
            models.CheckConstraint(
                condition=Q(mkg_years__range=(0, 60), mkg_months__range=(0, 11)), name="salarystep_mkg"
            ),
        )


_REGULAR = Q(kind=AppointmentKind.REGULAR.value)
_ACTING = Q(kind__in=[kind.value for kind in AppointmentKind if kind.acting])
_LIMITED = Q(kind__in=[AppointmentKind.PLT.value, AppointmentKind.PLH.value, AppointmentKind.HANDOVER.value])


class Appointment(OfPerson):
    """Somebody in a seat over a period: one regular holder and one acting a seat, one regular seat a person.

    Acting and handover have an end from the beginning. A right to return keeps the seat in mind for somebody
    who is away; it does not fill it.
    """

    key: ClassVar = ("person_id", "kind", "stint")
    facts: ClassVar = ("seat_id", "order_no", "order_on", "note")

    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    kind = models.TextField(choices=_choices(AppointmentKind))
    stint = models.IntegerField(
        default=0
    )  # tells several acting posts of one person apart; 0 for regular ones
    seat = models.ForeignKey("organisation.Seat", models.PROTECT, related_name="appointments")
    order_no = models.TextField(blank=True, default="")
    order_on = models.DateField(null=True)
    note = models.TextField(blank=True, default="")

    class Meta:
        verbose_name = "jabatan"
        constraints = (
            *usual_constraints("appointment", "person", "kind", "stint"),
            _known(AppointmentKind, "kind", "appointment_kind"),
            never_two("appointment_one_holder", "seat", where=_REGULAR),
            never_two("appointment_one_seat", "person", where=_REGULAR),
            never_two("appointment_one_acting", "seat", where=_ACTING),
            models.CheckConstraint(
                condition=~_LIMITED | Q(period__endswith__isnull=False), name="appointment_acting_ends"
            ),
            models.CheckConstraint(condition=~_REGULAR | Q(stint=0), name="appointment_regular_stint"),
        )


class Item(OfPerson):
    """One of several things of a person (a diploma, a child); ``item`` tells them apart."""

    key: ClassVar = ("person_id", "item")

    item = models.UUIDField(default=uuid7)

    class Meta:
        abstract = True


class Education(Item):
    """A diploma, with the titles that it gives exactly as they are written."""

    facts: ClassVar = (
        "level", "programme", "school", "graduated_on", "graduated_year", "diploma_no", "front_title",
        "back_title",
    )  # fmt: skip

    person = models.ForeignKey(Person, models.PROTECT, related_name="educations")
    level = models.TextField()
    programme = models.TextField(blank=True, default="")
    school = models.TextField(blank=True, default="")
    graduated_on = models.DateField(null=True)
    graduated_year = models.SmallIntegerField(null=True)
    diploma_no = models.TextField(blank=True, default="")
    front_title = models.TextField(blank=True, default="")
    back_title = models.TextField(blank=True, default="")

    class Meta:
        verbose_name = "pendidikan"
        constraints = usual_constraints("education", "item")


class Relative(Item):
    """A relative, also one who is in service himself (``relative``); declared for family allowance and for
    conflicts of interest."""

    facts: ClassVar = (
        "relation", "name", "sex", "birth_date", "nik", "occupation", "relative_id", "entitled", "married_on",
    )  # fmt: skip

    person = models.ForeignKey(Person, models.PROTECT, related_name="relatives")
    relation = models.TextField(choices=_choices(Relation))
    name = models.TextField()
    sex = models.TextField(blank=True, default="")
    birth_date = models.DateField(null=True)
    nik = models.TextField(null=True)
    occupation = models.TextField(blank=True, default="")
    relative = models.ForeignKey(Person, models.PROTECT, null=True, related_name="named_by")
    entitled = models.BooleanField(default=False)
    married_on = models.DateField(null=True)

    class Meta:
        verbose_name = "keluarga"
        constraints = (
            *usual_constraints("relative", "item"),
            _known(Relation, "relation", "relative_relation"),
            models.CheckConstraint(
                condition=Q(relative__isnull=True) | ~Q(relative=F("person")), name="relative_not_oneself"
            ),
        )


class Evidence(models.Model):
    """A file that shows something, kept in the store under its hash."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="evidence")
    title = models.TextField()
    name = models.TextField()
    sha256 = models.TextField()
    size = models.BigIntegerField()
    media_type = models.TextField()
    added_by = models.TextField()
    added_at = models.DateTimeField(db_default=Now(), editable=False)


class Check(models.Model):
    """Somebody looked at evidence: of which thing (an item's or a row's id), how, and with what outcome."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="checks")
    subject = models.UUIDField()
    outcome = models.TextField(choices=_choices(Verification))
    how = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by_name = models.TextField()
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = (_known(Verification, "outcome", "check_outcome"),)
        indexes = (models.Index(fields=["subject", "-id"], name="check_subject"),)


class Entry(models.Model):
    """An act on somebody's data that one person enters and another decides. ``subject`` names the table."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="entries")
    subject = models.TextField()
    act = models.TextField(choices=[(act.value, act.label) for act in Act])
    target = models.UUIDField(null=True)  # the row that is corrected or rescinded
    on = models.DateField(null=True)
    until = models.DateField(null=True)
    values = models.JSONField(default=dict)
    reason = models.TextField()
    evidence = ArrayField(models.UUIDField(), default=list)
    state = models.TextField(choices=_choices(EntryState), default=EntryState.WAITING.value)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_name = models.TextField()
    entered_at = models.DateTimeField(db_default=Now(), editable=False)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_name = models.TextField(blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True, default="")
    basis = models.ForeignKey("ledger.Seal", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            _known(EntryState, "state", "entry_state"),
            _known(Act, "act", "entry_act"),
            models.CheckConstraint(
                condition=~Q(state__in=[EntryState.APPLIED.value, EntryState.REFUSED.value])
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("entered_by"))),
                name="entry_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(state=EntryState.APPLIED.value) | Q(basis__isnull=False), name="entry_applied"
            ),
        )
        indexes = (
            models.Index(fields=["state", "-id"], name="entry_state_newest"),
            models.Index(fields=["basis"], name="entry_basis"),
        )


class Batch(models.Model):
    """One file of an import, tried (checked) and then stored; all its rows rest on one basis."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    kind = models.TextField(choices=_choices(BatchKind))
    name = models.TextField()
    sha256 = models.TextField()
    size = models.BigIntegerField()
    options = models.JSONField(default=dict)
    state = models.TextField(choices=_choices(BatchState), default=BatchState.CHECKED.value)
    counts = models.JSONField(default=dict)
    problems = models.IntegerField(default=0)
    checked_by = models.TextField()
    checked_at = models.DateTimeField(db_default=Now(), editable=False)
    applied_by = models.TextField(blank=True, default="")
    applied_at = models.DateTimeField(null=True)
    undone_by = models.TextField(blank=True, default="")
    undone_at = models.DateTimeField(null=True)
    basis = models.ForeignKey("ledger.Seal", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            _known(BatchKind, "kind", "batch_kind"),
            _known(BatchState, "state", "batch_state"),
            models.UniqueConstraint(
                fields=["kind", "sha256"],
                condition=Q(state=BatchState.APPLIED.value),
                name="batch_file_once",
            ),
        )


class BatchRow(models.Model):
    """What became of one row of a file; ``values`` hold what it said, until a twin is decided."""

    id = models.BigAutoField(primary_key=True)
    batch = models.ForeignKey(Batch, models.CASCADE, related_name="rows")
    line = models.IntegerField()
    outcome = models.TextField(choices=_choices(Outcome))
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    label = models.TextField(blank=True, default="")
    unit = models.TextField(blank=True, default="")
    values = models.JSONField(null=True)
    twins = ArrayField(models.BigIntegerField(), default=list)
    decision = models.TextField(blank=True, default="")
    decided_by = models.TextField(blank=True, default="")

    class Meta:
        constraints = (_known(Outcome, "outcome", "batchrow_outcome"),)
        indexes = (models.Index(fields=["batch", "outcome", "line"], name="batchrow_outcome_line"),)


class BatchProblem(models.Model):
    """What was wrong with a row, as its sentence says it."""

    id = models.BigAutoField(primary_key=True)
    batch = models.ForeignKey(Batch, models.CASCADE, related_name="problem_rows")
    severity = models.TextField()
    code = models.TextField()
    line = models.IntegerField(null=True)
    column = models.TextField(blank=True, default="")
    value = models.TextField(blank=True, default="")
    message = models.TextField()
    unit = models.TextField(blank=True, default="")

    class Meta:
        indexes = (models.Index(fields=["batch", "line"], name="batchproblem_line"),)


DATED: tuple[type[DatedRow], ...] = (
    Identity,
    Contact,
    BankAccount,
    Employment,
    Rank,
    SalaryStep,
    Appointment,
    Education,
    Relative,
)
VALUES_OF: dict[str, Any] = {model.__name__.lower(): model for model in DATED}
