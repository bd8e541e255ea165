"""Persons: who they are, where they are reached, where their pay goes."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now

from pamong.kernel.ids import uuid7
from pamong.ledger.dated import ALIVE, usual_constraints
from pamong.people.models.base import OfPerson, one_person


class Person(models.Model):
    """Somebody. ``user`` is the account by which he signs in, if he has one."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="person")
    created_at = models.DateTimeField(db_default=Now(), editable=False)


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
            one_person("identity_nik_once", "nik"),
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
