"""Diplomas and relatives, the evidence for them, and who looked at it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from pamong.kernel.ids import uuid7
from pamong.ledger.dated import usual_constraints
from pamong.ledger.kinds import choices_of, known_kinds
from pamong.people.choices import (
    Relation,
    Verification,
)
from pamong.people.models.base import OfPerson
from pamong.people.models.persons import Person


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
    relation = models.TextField(choices=choices_of(Relation))
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
            known_kinds(Relation, "relation", "relative_relation"),
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
    outcome = models.TextField(choices=choices_of(Verification))
    how = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by_name = models.TextField()
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = (known_kinds(Verification, "outcome", "check_outcome"),)
        indexes = (models.Index(fields=["subject", "-id"], name="check_subject"),)
